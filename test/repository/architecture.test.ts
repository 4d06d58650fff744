import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { allowedExamples } from './architecture/allowed.ts';
import { forbiddenHabits } from './architecture/forbidden-habits.ts';
import { forbiddenInFeatures } from './architecture/forbidden-in-features.ts';
import { forbiddenInLayers } from './architecture/forbidden-in-layers.ts';
import { repositoryRoot } from './repository-files.ts';

const run = promisify(execFile);
const oxlint = join(repositoryRoot, 'node_modules/oxlint/bin/oxlint');

const Report = z.object({
  number_of_files: z.number(),
  diagnostics: z.array(
    z.object({ message: z.string(), code: z.string().optional(), filename: z.string() }),
  ),
});
type Report = z.infer<typeof Report>;

const forbiddenExamples = [...forbiddenInFeatures, ...forbiddenInLayers, ...forbiddenHabits];

/** Lints a folder with the configuration that stands in it. */
async function lint(folder: string): Promise<Report> {
  const result = await run(process.execPath, [oxlint, '--format', 'json'], {
    cwd: folder,
    maxBuffer: 64 * 1024 * 1024,
  }).catch((error: unknown) => error);
  const { stdout } = z.object({ stdout: z.string() }).parse(result);
  return Report.parse(JSON.parse(stdout));
}

describe('the import rules', () => {
  let folder = '';
  let report: Report = { number_of_files: 0, diagnostics: [] };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tandem-architecture-'));
    cpSync(join(repositoryRoot, '.oxlintrc.json'), join(folder, '.oxlintrc.json'));
    cpSync(join(repositoryRoot, '.ci/lint'), join(folder, '.ci/lint'), { recursive: true });
    for (const example of [...forbiddenExamples, ...allowedExamples]) {
      const path = join(folder, example.path);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, example.source);
    }
    report = await lint(folder);
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const complaintsAbout = (path: string) =>
    report.diagnostics
      .filter((diagnostic) => diagnostic.filename === path)
      .map((diagnostic) => `${diagnostic.code}: ${diagnostic.message}`);

  test('every example is a file of its own', () => {
    const paths = [...forbiddenExamples, ...allowedExamples].map((example) => example.path);
    expect(new Set(paths).size).toBe(paths.length);
  });

  test.each(forbiddenExamples)('refuse that $sentence', ({ path, complaint }) => {
    expect(complaintsAbout(path).join('\n')).toContain(complaint);
  });

  test.each(allowedExamples)('allow that $sentence', ({ path }) => {
    expect(complaintsAbout(path)).toEqual([]);
  });
});

test('the product itself keeps every import rule', async () => {
  const report = await lint(repositoryRoot);
  const isOurs = /^(?:tandem|eslint-plugin-import|import)\(/;
  const broken = report.diagnostics
    .filter(({ code = '', message }) => isOurs.test(code) || message.includes('JS plugin'))
    .map(({ filename, message }) => `${filename}: ${message}`);
  expect(report.number_of_files).toBeGreaterThan(5);
  expect(broken).toEqual([]);
});
