import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { z } from 'zod';
import { variableNames } from '../../src/config.ts';
import { isInBuildContext, parseDockerfile, textsOf } from './dockerfile.ts';
import { readRepositoryFile, repositoryRoot } from './repository-files.ts';

const stages = parseDockerfile(readRepositoryFile('Dockerfile'));
const last = stages.at(-1);
const ignoreFile = readRepositoryFile('.dockerignore');
const packageFile = z
  .object({
    scripts: z.object({ start: z.string() }),
    devDependencies: z.object({ node: z.string() }),
  })
  .parse(JSON.parse(readRepositoryFile('package.json')));
const environment = Object.fromEntries(
  textsOf(last, 'ENV').flatMap((text) => text.split(/\s+/).map((pair) => pair.split('=', 2))),
);

/** Exit code of a health check's script against a server that answers `status` on `path` and 404 elsewhere. */
async function runHealthCheck(o: {
  script: string;
  path: string;
  status: number;
}): Promise<number | null> {
  const server = createServer((request, response) => {
    response.writeHead(request.url === o.path ? o.status : 404).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = z.object({ port: z.number() }).parse(server.address());
  const child = spawn(process.execPath, ['-e', o.script.replace(':3000/', `:${port}/`)], {
    env: { PORT: String(port) },
  });
  const [code] = z.tuple([z.number().nullable(), z.unknown()]).parse(await once(child, 'exit'));
  server.close();
  return code;
}

describe('the image', () => {
  test('is built in stages from one tagged Node of the version that the tests run on', () => {
    const [major] = packageFile.devDependencies.node.split('.');
    expect(stages.length).toBeGreaterThan(1);
    expect(new Set(stages.map(({ image }) => image)).size).toBe(1);
    expect(last?.image).toMatch(new RegExp(`^node:${major}[.-]`));
  });

  test('holds production dependencies only, from a stage that installed nothing else', () => {
    const from = textsOf(last, 'COPY').find((text) => text.includes('node_modules')) ?? '';
    const source = stages.find(({ name }) => from.startsWith(`--from=${name} `));
    expect(textsOf(source, 'RUN').join('\n')).toMatch(/npm ci .*--omit=dev/);
    expect(textsOf(last, 'RUN').join('\n')).not.toMatch(/npm|apt/);
  });

  test('holds the Prisma client that the build stage wrote, where the code looks for it', () => {
    expect(textsOf(last, 'COPY')).toContainEqual(
      expect.stringMatching(
        /^--from=build \S+\/src\/database\/generated .*src\/database\/generated$/,
      ),
    );
    expect(readRepositoryFile('prisma/schema.prisma')).toContain('"../src/database/generated"');
  });

  test('does not run as root, and its user owns the data volume', () => {
    const names = last?.instructions.map(({ name }) => name) ?? [];
    expect(textsOf(last, 'USER')).toEqual(['node']);
    expect(names.lastIndexOf('RUN')).toBeLessThan(names.indexOf('USER'));
    expect(textsOf(last, 'VOLUME')).toEqual([JSON.stringify([environment['DATA_DIR']])]);
    expect(textsOf(last, 'RUN').join('\n')).toMatch(
      new RegExp(`-o node .*-m 700 ${environment['DATA_DIR']}$`, 'm'),
    );
  });

  test('asks its own /healthz', async () => {
    const [, command = '[]'] = /CMD (\[.+\])$/.exec(textsOf(last, 'HEALTHCHECK')[0] ?? '') ?? [];
    const [program, flag, script = ''] = z.array(z.string()).parse(JSON.parse(command));
    expect([program, flag]).toEqual(['node', '-e']);
    expect(await runHealthCheck({ script, path: '/healthz', status: 200 })).toBe(0);
    expect(await runHealthCheck({ script, path: '/healthz', status: 503 })).toBe(1);
    expect(await runHealthCheck({ script, path: '/other', status: 200 })).toBe(1);
  });

  test('starts what npm start starts', () => {
    const command = z.array(z.string()).parse(JSON.parse(textsOf(last, 'CMD')[0] ?? '[]'));
    expect(command[0]).toBe('node');
    expect(command.at(-1)).toBe(packageFile.scripts.start.split(' ').at(-1));
  });

  test('keeps what the same command compiled, for the user that runs it', () => {
    const command = z.array(z.string()).parse(JSON.parse(textsOf(last, 'CMD')[0] ?? '[]'));
    const run = textsOf(last, 'RUN').find((text) => text.includes(command.join(' '))) ?? '';
    expect(run).toContain('--reuid=node');
    expect(run).toContain('install -d -o node -g node node_modules/.cache');
    expect(readRepositoryFile('src/compile-cache.js')).toContain("'../node_modules/.cache/");
    expect(readRepositoryFile('src/config.ts')).toContain(/grep '(.+)'/.exec(run)?.[1]);
  });

  test('sets only variables that Tandem knows', () => {
    const known = [...variableNames, 'NODE_ENV'];
    expect(Object.keys(environment).filter((name) => !known.includes(name))).toEqual([]);
    expect(textsOf(last, 'EXPOSE')).toEqual([environment['PORT']]);
  });

  test('copies only what exists and is let into the build', () => {
    const sources = stages
      .flatMap((stage) => textsOf(stage, 'COPY'))
      .filter((text) => !text.startsWith('--from='))
      .flatMap((text) => text.split(/\s+/).slice(0, -1));
    expect(sources).toContain('src');
    for (const source of sources) {
      expect([source, existsSync(join(repositoryRoot, source))]).toEqual([source, true]);
      expect([source, isInBuildContext(ignoreFile, source)]).toEqual([source, true]);
    }
  });

  test('copies from stages that stand before it', () => {
    const unknown = stages.flatMap((stage, index) => {
      const earlier = stages.slice(0, index).map(({ name }) => name);
      return textsOf(stage, 'COPY')
        .map((text) => /^--from=(\S+)/.exec(text)?.[1])
        .filter((from) => from !== undefined && !earlier.includes(from));
    });
    expect(unknown).toEqual([]);
  });

  test.each([
    '.env',
    '.env.production',
    'src/.env',
    '.git/config',
    'data/base',
    'node_modules/a/b.js',
    'src/database/generated/client.ts',
    'src/sandbox/main.ts',
    'test/config.test.ts',
    'notes.log',
  ])('never gets %s', (path) => {
    expect(isInBuildContext(ignoreFile, path)).toBe(false);
  });

  test.each(['package.json', 'prisma/schema.prisma', 'src/main.ts', 'src/database/client.ts'])(
    'gets %s',
    (path) => {
      expect(isInBuildContext(ignoreFile, path)).toBe(true);
    },
  );
});

describe('compose.yaml', () => {
  const Service = z.object({
    build: z.string().optional(),
    image: z.string().optional(),
    env_file: z.string().optional(),
    environment: z.record(z.string(), z.string()),
    volumes: z.array(z.string()),
    healthcheck: z.object({ test: z.array(z.string()) }),
    depends_on: z.record(z.string(), z.object({ condition: z.string() })).optional(),
  });
  const compose = z
    .object({
      services: z.object({ app: Service, database: Service }),
      volumes: z.record(z.string(), z.null()),
    })
    .parse(parse(readRepositoryFile('compose.yaml')));
  const { app, database } = compose.services;

  test('gives Tandem only variables that it reads, and the credentials from .env', () => {
    expect(Object.keys(app.environment).filter((name) => !variableNames.includes(name))).toEqual(
      [],
    );
    expect(app.env_file).toBe('.env');
    expect(app.build).toBe('.');
  });

  test('points Tandem at the PostgreSQL beside it, with the same user, password and database', () => {
    const { POSTGRES_USER, POSTGRES_PASSWORD, POSTGRES_DB } = database.environment;
    expect(database.image).toMatch(/^postgres:1[5-9]/);
    expect(app.environment['DATABASE_URL']).toBe(
      `postgresql://${POSTGRES_USER}:${POSTGRES_PASSWORD}@database:5432/${POSTGRES_DB}`,
    );
  });

  test('holds no password of its own', () => {
    expect(database.environment['POSTGRES_PASSWORD']).toMatch(/^\$\{POSTGRES_PASSWORD:\?.+\}$/);
  });

  test('starts Tandem when PostgreSQL is healthy, and asks Tandem whether it is ready', async () => {
    expect(app.depends_on).toEqual({ database: { condition: 'service_healthy' } });
    expect(database.healthcheck.test.join(' ')).toContain('pg_isready');
    const [kind, program, flag, script = ''] = app.healthcheck.test;
    expect([kind, program, flag]).toEqual(['CMD', 'node', '-e']);
    expect(script).toContain(`:${app.environment['PORT']}/`);
    expect(await runHealthCheck({ script, path: '/readyz', status: 200 })).toBe(0);
    expect(await runHealthCheck({ script, path: '/readyz', status: 503 })).toBe(1);
  });

  test('keeps the data of both in named volumes', () => {
    const mounts = [...app.volumes, ...database.volumes];
    expect(mounts.map((mount) => mount.split(':')[0])).toEqual(Object.keys(compose.volumes));
    expect(app.volumes).toEqual([`data:${environment['DATA_DIR']}`]);
    expect(app.environment['DATA_DIR']).toBe(environment['DATA_DIR']);
  });
});

describe('.env.example', () => {
  const named = [...readRepositoryFile('.env.example').matchAll(/^([A-Z_]+)=/gm)].map(
    ([, name]) => name,
  );

  test('names every variable that Tandem reads, and no other, in the same order', () => {
    expect(named).toEqual(variableNames);
  });

  test('says above each variable what it is for', () => {
    for (const name of variableNames) {
      expect(readRepositoryFile('.env.example')).toMatch(new RegExp(`^# .+\\n${name}=`, 'm'));
    }
  });
});
