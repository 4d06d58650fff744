import { posix, relative, sep } from 'node:path';
import { locate } from './layers.js';
import { refusal } from './refusal.js';

const CLOCK = 'the time comes in as a parameter (deps.now); only a main.ts reads the clock';
const SQL = /\b(select|insert|update|delete|with)\b/i;
const SQL_CLOCK =
  /\b(now\s*\(|(current|local)_?(timestamp|date|time)\b|(statement|transaction)_timestamp\s*\()/i;
const SQL_LEASE_CLOCK = /\bclock_timestamp\s*\(/i;

/** The imports and re-exports of a file follow the layers of architecture.md. */
const layers = rule((path, report) => {
  const check = (node, source, typeOnly) => {
    if (typeof source?.value !== 'string') return;
    const reason = refusal({ from: path, specifier: source.value, typeOnly });
    if (reason !== null) report(node, reason);
  };
  return {
    ImportDeclaration: (node) => check(node, node.source, node.importKind === 'type'),
    ExportNamedDeclaration: (node) => check(node, node.source, node.exportKind === 'type'),
    ExportAllDeclaration: (node) => check(node, node.source, node.exportKind === 'type'),
    ImportExpression: (node) => check(node, node.source, false),
    TSImportType: (node) => check(node, node.source, true),
  };
});

/**
 * A feature's files are of the known kinds, names have a subject, and only an index.ts re-exports:
 * that of a feature, or that of a folder with a fixed subject.
 */
const files = rule((path, report) => {
  const here = locate(path);
  if (here === null) return {};
  const name = posix.basename(path).replace(/\.tsx?$/, '');
  const isEntry = name === 'index' && (here.place === 'area' || here.kind === 'index');
  return {
    Program(node) {
      if (here.place === 'feature' && here.kind === null) {
        report(
          node,
          'a feature has domain, store, views, queues, flows, listeners, jobs and index only',
        );
      }
      if (name === 'index' && !isEntry) report(node, 'a folder inside a feature has no index.ts');
      if (/(^|\/)(utils?|helpers?|common|shared|misc)(\.tsx?$|\/)/.test(path)) {
        report(node, 'shared code is named after its subject');
      }
    },
    ExportAllDeclaration: (node) => report(node, 'name what is exported'),
    ExportNamedDeclaration(node) {
      if (node.source !== null && !isEntry) report(node, 'only an index.ts re-exports');
    },
  };
});

/**
 * Nothing but the composition root and the sandbox reads the clock; SQL takes `now` as a parameter.
 * Outside features a lease may be measured by clock_timestamp(), the one clock that replicas share.
 */
const clock = rule((path, report) => {
  if (/^src\/(admin\/)?main\.ts$/.test(path) || path.startsWith('src/sandbox/')) return {};
  const isFeature = locate(path)?.place === 'feature';
  const checkText = (node, text) => {
    if (!SQL.test(text)) return;
    if (SQL_CLOCK.test(text) || (isFeature && SQL_LEASE_CLOCK.test(text)))
      report(node, 'SQL takes `now` as a parameter');
  };
  return {
    NewExpression(node) {
      if (isName(node.callee, 'Date') && node.arguments.length === 0) report(node, CLOCK);
    },
    CallExpression(node) {
      if (isName(node.callee, 'Date')) report(node, CLOCK);
      if (node.callee.type !== 'MemberExpression' || !isName(node.callee.object, 'DateTime'))
        return;
      const readsNow = node.arguments.every((argument) => argument.type === 'ObjectExpression');
      if (['utc', 'local'].includes(memberName(node.callee)) && readsNow) report(node, CLOCK);
    },
    MemberExpression(node) {
      const isClock = isName(node.object, 'Date') || isName(node.object, 'DateTime');
      if (isClock && memberName(node) === 'now') report(node, CLOCK);
    },
    Literal: (node) => typeof node.value === 'string' && checkText(node, node.value),
    TemplateLiteral: (node) =>
      checkText(node, node.quasis.map((part) => part.value.raw).join(' ? ')),
  };
});

/** `src/config.ts` is the only reader of the environment. */
const environment = rule((path, report) => {
  if (path === 'src/config.ts' || path.startsWith('src/sandbox/')) return {};
  const message = 'only src/config.ts reads the environment';
  return {
    MemberExpression(node) {
      const onProcess = isName(node.object, 'process') || memberName(node.object) === 'process';
      if (onProcess && memberName(node) === 'env') report(node, message);
    },
    VariableDeclarator(node) {
      if (!isName(node.init, 'process') || node.id.type !== 'ObjectPattern') return;
      if (node.id.properties.some((property) => isName(property.key, 'env'))) report(node, message);
    },
    ImportDeclaration(node) {
      if (/^(node:)?process$/.test(node.source.value)) report(node, message);
    },
  };
});

/** State lives in closures; the only classes are errors. */
const classes = rule((_path, report) => {
  const check = (node) => {
    const parent = node.superClass;
    if (parent?.type !== 'Identifier' || !parent.name.endsWith('Error')) {
      report(node, 'only errors are classes: use a function that returns an object');
    }
  };
  return { ClassDeclaration: check, ClassExpression: check };
});

export default {
  meta: { name: 'tandem' },
  rules: { layers, files, clock, environment, classes },
};

function rule(visit) {
  return {
    create(context) {
      const path = relative(context.cwd, context.filename).split(sep).join('/');
      return visit(path, (node, message) => context.report({ node, message }));
    },
  };
}

function isName(node, name) {
  return node?.type === 'Identifier' && node.name === name;
}

function memberName(node) {
  if (node?.type !== 'MemberExpression') return undefined;
  return node.computed ? node.property.value : node.property.name;
}
