import { readdir, readFile, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import type { Measurement } from './measurement.ts';

type Bench = { run: () => Promise<Measurement[]> };

const REPORT = new URL('../../docs/benchmarks.md', import.meta.url);
const COLUMNS = ['measurement', 'value', 'unit', 'baseline', 'ratio', 'goal', 'met'];

function isBench(loaded: unknown): loaded is Bench {
  return (
    typeof loaded === 'object' &&
    loaded !== null &&
    'run' in loaded &&
    typeof loaded.run === 'function'
  );
}

/** Names of the benchmarks beside this file: 'working-time' for working-time.bench.ts. */
async function listBenches(): Promise<string[]> {
  const files = await readdir(new URL('.', import.meta.url));
  return files
    .filter((file) => file.endsWith('.bench.ts'))
    .map((file) => file.slice(0, -'.bench.ts'.length))
    .toSorted();
}

async function runBench(name: string): Promise<Measurement[]> {
  const loaded: unknown = await import(new URL(`${name}.bench.ts`, import.meta.url).href);
  if (!isBench(loaded)) throw new Error(`${name}.bench.ts does not export run()`);
  return await loaded.run();
}

/** Three or more digits: whole, with thousands apart; less: three significant ones. */
function formatNumber(value: number): string {
  return value >= 100
    ? Math.round(value).toLocaleString('en-US')
    : String(Number(value.toPrecision(3)));
}

function toRow(measurement: Measurement): string[] {
  const { name, value, unit, baseline, ratio, goal, met } = measurement;
  return [
    name,
    formatNumber(value),
    unit,
    baseline ? `${formatNumber(baseline.value)} (${baseline.name})` : '',
    ratio === undefined ? '' : formatNumber(ratio),
    goal ?? '',
    met === undefined ? '' : met ? 'yes' : 'no',
  ];
}

function formatTable(measurements: Measurement[]): string {
  const rows = [COLUMNS, ...measurements.map(toRow)];
  const widths = COLUMNS.map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  const lines = rows.map(
    (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`,
  );
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`;
  return [lines[0], rule, ...lines.slice(1)].join('\n');
}

function describeMachine(): string {
  const cores = cpus();
  const memory = (totalmem() / 2 ** 30).toFixed(1);
  const { node, icu } = process.versions;
  const zones = process.versions['tz'] ?? 'unknown';
  return `${cores[0]?.model.trim() ?? 'unknown processor'}, ${cores.length} cores, ${memory} GiB, ${process.platform}; Node ${node}, ICU ${icu ?? 'none'}, time zones ${zones}`;
}

const INTRODUCTION = [
  '# Benchmarks',
  '',
  'Written by `npm run bench -- --write`. Each ratio compares with a baseline measured in the same run.',
  '',
].join('\n');

function formatSection(name: string, table: string): string {
  return [
    `${name}`,
    '',
    `\`npm run bench -- ${name}\` on ${describeMachine()}.`,
    '',
    table,
    '',
  ].join('\n');
}

/** Replaces the sections that were measured and keeps the others. */
async function writeReport(measured: Map<string, string>): Promise<void> {
  const old = await readFile(REPORT, 'utf8').catch(() => '');
  const sections = new Map(
    old
      .split(/^## /m)
      .slice(1)
      .map((section) => [section.slice(0, section.indexOf('\n')), `${section.trimEnd()}\n`]),
  );
  for (const [name, table] of measured) sections.set(name, formatSection(name, table));
  const sorted = [...sections].toSorted(([a], [b]) => (a < b ? -1 : 1));
  await writeFile(REPORT, [INTRODUCTION, ...sorted.map(([, text]) => text)].join('\n## '));
}

const words = process.argv.slice(2);
const known = await listBenches();
const wanted = words.filter((word) => !word.startsWith('--'));
const unknown = wanted.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  throw new Error(`No such benchmark: ${unknown.join(', ')}. There are: ${known.join(', ')}`);
}
console.log(describeMachine());
const measured = new Map<string, string>();
for (const name of wanted.length > 0 ? wanted : known) {
  try {
    const table = formatTable(await runBench(name));
    console.log(`\n${name}\n${table}`);
    measured.set(name, table);
  } catch (error) {
    console.error(`\n${name} failed:`, error);
    process.exitCode = 1;
  }
}
if (words.includes('--write')) await writeReport(measured);
