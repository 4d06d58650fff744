import type { File, Team, User } from './types.ts';
import type { World } from './world.ts';

const MIMETYPES: Record<string, string> = {
  csv: 'text/csv',
  gif: 'image/gif',
  jpg: 'image/jpeg',
  json: 'application/json',
  md: 'text/markdown',
  pdf: 'application/pdf',
  png: 'image/png',
  tsv: 'text/tab-separated-values',
  txt: 'text/plain',
};

/** What a file's name says that it holds. */
export function mimetypeOf(name: string): string {
  const extension = name.split('.').at(-1)?.toLowerCase() ?? '';
  return MIMETYPES[extension] ?? 'application/octet-stream';
}

/** A file that a person uploaded, private to them and to the app that asked for it. */
export function addPersonsFile(
  world: World,
  o: { team: Team; user: User; name: string; bytes: Buffer },
): File {
  const file: File = {
    id: world.ids.next('F'),
    name: o.name,
    title: o.name,
    mimetype: mimetypeOf(o.name),
    size: o.bytes.length,
    userId: o.user.id,
    bytes: o.bytes,
    complete: true,
    createdAt: Math.floor(world.clock.nowMs() / 1000),
    uploadKey: '',
    altText: '',
  };
  o.team.files.set(file.id, file);
  return file;
}
