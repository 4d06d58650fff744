type Instruction = { name: string; text: string };
type Stage = { image: string; name: string | null; instructions: Instruction[] };

/** The stages of a Dockerfile with their instructions; comments and continued lines are resolved. */
export function parseDockerfile(source: string): Stage[] {
  const stages: Stage[] = [];
  const lines = source
    .split('\n')
    .filter((line) => !/^\s*#/.test(line))
    .join('\n')
    .replaceAll(/\\\n\s*/g, ' ')
    .split('\n')
    .filter((line) => line.trim() !== '');
  for (const line of lines) {
    const [, name, text] = /^([A-Z]+)\s+(.+)$/.exec(line) ?? [];
    if (name === undefined || text === undefined) throw new Error(`no instruction: ${line}`);
    const stage = stages.at(-1);
    if (name === 'FROM') {
      const [, image, alias] = /^(\S+)(?:\s+AS\s+(\S+))?$/.exec(text) ?? [];
      if (image === undefined) throw new Error(`no image: ${line}`);
      stages.push({ image, name: alias ?? null, instructions: [] });
    } else if (stage === undefined) throw new Error(`before the first FROM: ${line}`);
    else stage.instructions.push({ name, text });
  }
  return stages;
}

/** The texts of all instructions of that name, in order. */
export function textsOf(stage: Stage | undefined, name: string): string[] {
  return stage?.instructions.filter((one) => one.name === name).map((one) => one.text) ?? [];
}

/** What a .dockerignore lets into the build: the last pattern that matches decides. */
export function isInBuildContext(ignoreFile: string, path: string): boolean {
  let isIn = true;
  for (const line of ignoreFile.split('\n').map((text) => text.trim())) {
    if (line === '' || line.startsWith('#')) continue;
    const pattern = line.replace(/^!/, '');
    if (matchesPathOrParent(pattern, path)) isIn = line.startsWith('!');
  }
  return isIn;
}

function matchesPathOrParent(pattern: string, path: string): boolean {
  const parts = pattern.split('/').map((part) => {
    if (part === '**') return '(?:.*)';
    return part.replaceAll(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[^/]*');
  });
  const source = parts.join('/').replaceAll('(?:.*)/', '(?:.*/)?');
  return new RegExp(`^${source}(?:/.*)?$`).test(path);
}
