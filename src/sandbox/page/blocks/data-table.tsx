import type { DataTableBlock, RawNumberElement, RawTextElement, RichTextBlock } from '@slack/types';
import { Shown } from './shown.tsx';

type Cell = RawTextElement | RawNumberElement | RichTextBlock;

/** A table with a caption and a header row. */
export function DataTable({ block }: { block: DataTableBlock }) {
  const [header, ...rows] = block.rows;
  const column = block.row_header_column_index;
  return (
    <div className="data-table">
      <table>
        <caption>{block.caption}</caption>
        <thead>
          <tr>
            {header?.map((cell, index) => (
              <th key={index} scope="col">
                {content(cell)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr key={at}>
              {row.map((cell, index) =>
                index === column ? (
                  <th key={index} scope="row">
                    {content(cell)}
                  </th>
                ) : (
                  <td key={index} className={cell.type === 'raw_number' ? 'number' : ''}>
                    {content(cell)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function content(cell: Cell) {
  return cell.type === 'rich_text' ? <Shown block={cell} /> : cell.text;
}
