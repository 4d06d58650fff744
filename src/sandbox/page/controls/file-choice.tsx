import type { FileInput } from '@slack/types';
import type { Control } from '../../state/controls.ts';
import { type Field, useControl } from './use-control.ts';

/** Chooses a file of this machine, which is uploaded at once, as in Slack. */
export function FileChoice(o: { control: Control; element: FileInput; field?: Field }) {
  const { control, element, field } = o;
  const { value, answer, label } = useControl(control);
  const given = value?.files?.[0]?.name;
  const choose = async (file: File | undefined) => {
    if (file) await answer({ file: { name: file.name, base64: await toBase64(file) } });
    else await answer(null);
  };
  return (
    <>
      <input
        type="file"
        id={field?.id}
        aria-label={field ? undefined : label}
        aria-describedby={field?.describedBy}
        aria-invalid={field?.isInvalid}
        accept={element.filetypes?.map((type) => `.${type}`).join(',')}
        onChange={(event) => void choose(event.target.files?.[0])}
      />
      {given && <p className="field-hint">{given} is uploaded.</p>}
    </>
  );
}

async function toBase64(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = '';
  // A whole file at once would be more arguments than a call takes.
  for (let at = 0; at < bytes.length; at += 0x8000)
    text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}
