import { beforeAll, describe, expect, test } from '@jest/globals';
import { listRepositoryFiles, readRepositoryFile } from './repository-files.ts';

type Line = { path: string; number: number; text: string };

const CODE = /\.(ts|tsx|js|mjs|css)$/;
const BINARY = /\.(png|jpe?g|gif|ico|woff2?|gz|zip)$/;
const THIS_TEST = 'test/repository/hygiene.test.ts';

const MACHINE_PATH = /(?<![\w.~*-])\/(?:home|root|Users|work|tmp)\/[\w.]|\b[A-Z]:\\\\?Users\b/;
const REGISTRY = /registry\.(?:npmjs|yarnpkg)\.|npm\.pkg\.github|\bartifactory\.|pkgs\.dev\.azure/i;
const PUBLIC_REGISTRY = 'https://registry.npmjs'.concat('.org');
const FOCUSED = /\b(?:test|it|describe)(?:\.each\b[^'"`]*)?\.only\b|\b(?:fit|fdescribe)\(/;
const SKIPPED =
  /\b(?:test|it|describe)(?:\.each\b[^'"`]*)?\.(?:skip|todo|failing)\b|\b(?:xit|xtest|xdescribe)\(/;
const TYPES_OFF =
  /@ts-(?:ignore|nocheck)|(?<![\w'"])as any\b|:\s*any\b(?=\s*[,;)=[\]{|&>]|$)|<any>/;
const LINT_OFF = /(?:oxlint|eslint|biome)-(?:disable|ignore)(?!.*-- \w)/;

let paths: string[] = [];

beforeAll(async () => {
  paths = (await listRepositoryFiles()).filter((path) => !BINARY.test(path));
});

function linesOf(path: string): Line[] {
  return readRepositoryFile(path)
    .split('\n')
    .map((text, index) => ({ path, number: index + 1, text }));
}

function find(pattern: RegExp, among: readonly string[]): string[] {
  return among
    .flatMap(linesOf)
    .filter(({ text }) => pattern.test(text))
    .map(({ path, number, text }) => `${path}:${number} ${text.trim().slice(0, 120)}`);
}

/** A lint rule is switched off with no reason behind `--` and none in a comment on the line before. */
function isUnexplained(line: Line, index: number, lines: Line[]): boolean {
  return LINT_OFF.test(line.text) && !/^\s*\/\/ /.test(lines[index - 1]?.text ?? '');
}

function lineCount(path: string): number {
  return readRepositoryFile(path).replace(/\n$/, '').split('\n').length;
}

describe('a stranger who clones the repository', () => {
  test('finds no path of the machine on which it was written', () => {
    expect(find(MACHINE_PATH, paths)).toEqual([]);
  });

  test('finds no package registry that they would have to reach', () => {
    const lockFile = readRepositoryFile('package-lock.json');
    const hosts = [...lockFile.matchAll(/"resolved": "(\w+:\/\/[^/"]+)/g)].map((match) => match[1]);
    expect(
      find(
        REGISTRY,
        paths.filter((path) => path !== 'package-lock.json'),
      ),
    ).toEqual([]);
    expect([...new Set(hosts)].filter((host) => host !== PUBLIC_REGISTRY)).toEqual([]);
  });

  test('finds no secret', () => {
    const token = /xox[abpers]-\d{6,}|xapp-\d-[A-Z0-9]{8,}|-----BEGIN [A-Z ]*PRIVATE KEY/;
    expect(find(token, paths)).toEqual([]);
  });

  test('finds every file short enough to read at once', () => {
    const tooLong = paths
      .filter((path) => CODE.test(path))
      .map((path) => ({
        path,
        lines: lineCount(path),
        limit: path.startsWith('test/') ? 400 : 250,
      }))
      .filter(({ lines, limit }) => lines > limit)
      .map(({ path, lines, limit }) => `${path}: ${lines} lines, at most ${limit}`);
    expect(tooLong).toEqual([]);
  });
});

describe('the safety nets', () => {
  const code = () => paths.filter((path) => CODE.test(path) && path !== THIS_TEST);
  const examples = (path: string) => path.startsWith('test/repository/architecture/');

  test('no test is left focused', () => {
    expect(find(FOCUSED, code())).toEqual([]);
  });

  test('no test is skipped without printing why', () => {
    const silent = code()
      .filter((path) => find(SKIPPED, [path]).length > 0)
      .filter(
        (path) =>
          !/console\.(?:warn|log|info)\(|process\.std(?:out|err)\.write\(/.test(
            readRepositoryFile(path),
          ),
      );
    expect(silent).toEqual([]);
  });

  test('no type check is switched off', () => {
    expect(
      find(
        TYPES_OFF,
        code().filter((path) => !examples(path)),
      ),
    ).toEqual([]);
  });

  test('no lint rule is switched off without a reason', () => {
    const unexplained = code()
      .flatMap((path) => linesOf(path).filter(isUnexplained))
      .map(({ path, number, text }) => `${path}:${number} ${text.trim()}`);
    expect(unexplained).toEqual([]);
  });

  test('no time is left to the database in the schema', () => {
    const schemas = paths.filter((path) => path.endsWith('.prisma'));
    expect(schemas).not.toEqual([]);
    expect(find(/@default\(\s*now\(\)|@updatedAt|dbgenerated\(.*now/, schemas)).toEqual([]);
  });
});

describe('the nets themselves', () => {
  test.each([
    [MACHINE_PATH, `const data = '${['', 'home', 'someone', 'data'].join('/')}';`],
    [MACHINE_PATH, `see ${['', 'work', 'notes.md'].join('/')}`],
    [REGISTRY, `registry=${PUBLIC_REGISTRY}/`],
    [FOCUSED, "test.only('one', () => {});"],
    [FOCUSED, "describe.each([1]).only('one', () => {});"],
    [SKIPPED, "it.skip('one', () => {});"],
    [SKIPPED, "xtest('one', () => {});"],
    [TYPES_OFF, '// @ts-ignore'],
    [TYPES_OFF, 'const a = b as any;'],
    [TYPES_OFF, 'function a(b: any) {'],
    [TYPES_OFF, 'let a: any'],
    [TYPES_OFF, 'const a: any[] = [];'],
    [TYPES_OFF, 'new Map<any>()'],
    [LINT_OFF, '// oxlint-disable-next-line no-console'],
  ])('%s catches %s', (pattern, text) => {
    expect(text).toMatch(pattern);
  });

  test.each([
    [MACHINE_PATH, "import { a } from '../../test/work/a.ts';"],
    [MACHINE_PATH, 'https://example.com/home/page'],
    [FOCUSED, "test.each([1])('only one', () => {});"],
    [TYPES_OFF, 'if there are any, the first wins'],
    [TYPES_OFF, '// the same: any zone will do'],
    [LINT_OFF, '// oxlint-disable-next-line no-console -- the command prints its address'],
  ])('%s leaves %s alone', (pattern, text) => {
    expect(text).not.toMatch(pattern);
  });
});
