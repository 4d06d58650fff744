import { posix } from 'node:path';
import { locate, ROOT_FILES, rulesOf, STORAGE } from './layers.js';

/** Why `from` may not import `specifier`, as a sentence; null when it may. */
export function refusal({ from, specifier, typeOnly }) {
  const here = locate(from);
  if (here === null) return null;
  const rules = rulesOf(here);
  if (rules === null) return null;
  if (!specifier.startsWith('.')) return refusePackage({ here, rules, specifier, typeOnly });
  if (!/\.(tsx?|json|css)$/.test(specifier)) return `write the file's ending: '${specifier}.ts'`;
  const target = posix.join(posix.dirname(from), specifier);
  const there = locate(target);
  if (there === null) {
    return target.endsWith('.json') ? null : `src imports nothing from outside src (${target})`;
  }
  if (here.place === 'feature' && there.place === 'feature') {
    return refuseFeature({ here, there, rules, typeOnly });
  }
  return refusePlace({ here, there, rules, typeOnly });
}

function refusePackage({ here, rules, specifier, typeOnly }) {
  const name = packageName(specifier);
  const label = describe(here);
  if (matches(rules.banned, name)) return `${label} may not use ${name}`;
  if (matches(rules.packages, name)) return null;
  if (matches(rules.packageTypes, name)) {
    return typeOnly ? null : `${label} may use ${name} only with \`import type\``;
  }
  const why = matches(STORAGE, name)
    ? 'only stores, src/database and src/jobs know the database'
    : '';
  return `${label} may not use ${name}${why && `: ${why}`}`;
}

function refuseFeature({ here, there, rules, typeOnly }) {
  const label = describe(here);
  if (here.feature === there.feature) {
    if (there.kind === 'index') return 'a feature does not import its own index.ts: name the file';
    if (there.kind === null || rules.own?.includes(there.kind)) return null;
    if (!rules.ownTypes?.includes(there.kind)) return `${label} may not import ${there.kind}`;
    return typeOnly ? null : `${label} may import ${there.kind} only with \`import type\``;
  }
  return refuseOtherFeature({ label, there, rules, typeOnly });
}

function refusePlace({ here, there, rules, typeOnly }) {
  const label = describe(here);
  if (there.place === 'feature') return refuseOtherFeature({ label, there, rules, typeOnly });
  const isArea = there.place === 'area';
  const name = isArea ? there.area : there.name;
  const shown = isArea ? `src/${name}` : `src/${name}.ts`;
  if (allows(isArea ? rules.areas : rules.root, name)) return null;
  if (!allows(isArea ? rules.areaTypes : rules.rootTypes, name)) {
    return `${label} may not import ${shown}`;
  }
  return typeOnly ? null : `${label} may import ${shown} only with \`import type\``;
}

function refuseOtherFeature({ label, there, rules, typeOnly }) {
  const shown = `src/${there.feature}`;
  if (!['index', 'types'].includes(rules.otherFeatures)) return `${label} may not import ${shown}`;
  if (there.kind !== 'index') return `of ${shown} only its index.ts may be imported`;
  if (rules.otherFeatures === 'index' || typeOnly) return null;
  return `${label} may import ${shown}/index.ts only with \`import type\``;
}

function describe(here) {
  if (here.place === 'root') return `src/${here.name}.ts`;
  return here.place === 'area' ? `src/${here.area}` : `${here.kind} of a feature`;
}

function allows(list, name) {
  if (list === undefined) return false;
  if (list.includes(name)) return true;
  return list.includes('*') && !Object.hasOwn(ROOT_FILES, name);
}

function matches(list, name) {
  return (list ?? []).some(
    (entry) => entry === name || (entry.endsWith('*') && name.startsWith(entry.slice(0, -1))),
  );
}

function packageName(specifier) {
  if (specifier.startsWith('node:')) return specifier;
  const parts = specifier.split('/');
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : parts[0];
}
