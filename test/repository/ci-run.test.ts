import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { repositoryRoot } from './repository-files.ts';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-ci-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs `.ci/run` with npm played by a shell script: `replies` maps a part of its command line to shell code. */
async function runCi(replies: Record<string, string>): Promise<{ code: unknown; lines: string[] }> {
  const cases = Object.entries(replies).map(([part, script]) => `*'${part}'*) ${script} ;;`);
  const programs = {
    npm: `case "$*" in\n--version) echo 11.0.0 ;;\n${cases.join('\n')}\nesac`,
    chromium: ':',
    'apt-get': 'echo apt-get must not be called; exit 1',
  };
  for (const [name, script] of Object.entries(programs)) {
    writeFileSync(join(folder, name), `#!/usr/bin/env bash\n${script}\n`);
    chmodSync(join(folder, name), 0o755);
  }
  const child = spawn(join(repositoryRoot, '.ci/run'), {
    cwd: folder,
    env: { ...process.env, PATH: `${folder}:${process.env['PATH']}` },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [code]: unknown[] = await once(child, 'close');
  return { code, lines: output.trimEnd().split('\n') };
}

const jest = (totals: string, code = 0) =>
  `echo 'Test Suites: 9 passed, 9 total' >&2; echo 'Tests:       ${totals}' >&2; exit ${code}`;

// Install, types, lint, format, unused code and, once it exists, the sandbox's week.
function otherSteps(lines: string[]): number {
  return lines.filter((line) => /^(passed|FAILED) {2}(?!tests )/.test(line)).length;
}

describe('.ci/run', () => {
  test('ends with the totals alone on the last line: each test counts, each other step as one', async () => {
    const { code, lines } = await runCi({ test: jest('2 skipped, 40 passed, 42 total') });
    expect(otherSteps(lines)).toBeGreaterThanOrEqual(5);
    expect(lines.at(-1)).toBe(`${40 + otherSteps(lines)} passed, 0 failed`);
    expect(code).toBe(0);
  });

  test("keeps Jest's own totals in the output", async () => {
    const { lines } = await runCi({ test: jest('40 passed, 40 total') });
    expect(lines).toContain('Tests:       40 passed, 40 total');
  });

  test('counts failed tests and goes on with the other steps', async () => {
    const { code, lines } = await runCi({
      test: jest('3 failed, 1 skipped, 37 passed, 41 total', 1),
    });
    expect(lines.at(-1)).toBe(`${37 + otherSteps(lines)} passed, 3 failed`);
    expect(lines).toContainEqual(expect.stringMatching(/^FAILED {2}tests .*exit code 1/));
    expect(lines).toContainEqual(expect.stringMatching(/^passed {2}unused code /));
    expect(code).toBe(1);
  });

  test('counts a suite that did not start, though none of its tests failed', async () => {
    const { code, lines } = await runCi({ test: jest('40 passed, 40 total', 1) });
    expect(lines.at(-1)).toBe(`${40 + otherSteps(lines)} passed, 1 failed`);
    expect(code).toBe(1);
  });

  test('counts tests that crashed before they could print totals', async () => {
    const { lines } = await runCi({ test: 'exit 134' });
    expect(lines.at(-1)).toBe(`${otherSteps(lines)} passed, 1 failed`);
  });

  test('is not green when a run says that tests failed but exits with 0', async () => {
    const { code, lines } = await runCi({ test: jest('1 failed, 39 passed, 40 total') });
    expect(lines.at(-1)).toMatch(/, 1 failed$/);
    expect(code).toBe(1);
  });

  test('names the step that failed', async () => {
    const { code, lines } = await runCi({
      'check:lint': 'echo forbidden import; exit 1',
      test: jest('40 passed, 40 total'),
    });
    expect(lines.at(-1)).toBe(`${40 + otherSteps(lines) - 1} passed, 1 failed`);
    expect(lines).toContainEqual(expect.stringMatching(/^FAILED {2}lint /));
    expect(code).toBe(1);
  });

  test('stops when nothing could be installed', async () => {
    const { code, lines } = await runCi({ ci: 'exit 1', test: jest('40 passed, 40 total') });
    expect(lines.at(-1)).toBe('0 passed, 1 failed');
    expect(code).toBe(1);
  });
});
