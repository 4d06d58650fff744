import express, { type Router } from 'express';
import { readBody } from './body.ts';
import type { World } from './state/world.ts';

/** Takes the bytes of announced files, and gives files back to the page. */
export function fileRoutes(world: World): Router {
  const router = express.Router();
  router.post('/upload/:team/:id/:key', async (request, response) => {
    const { team, id, key } = request.params;
    const file = world.teams.get(team)?.files.get(id);
    const body = await readBody(request);
    if (!file || file.uploadKey !== key || file.bytes || !body.ok) {
      response.status(400).send('no such upload');
      return;
    }
    const part = body.files[0];
    const bytes = part?.bytes ?? body.raw;
    if (bytes.length !== file.size) {
      response.status(400).send(`expected ${file.size} bytes, got ${bytes.length}`);
      return;
    }
    file.bytes = bytes;
    file.mimetype = mimetypeOf(file.name);
    response.send(`OK - ${bytes.length}`);
  });
  router.get('/files/:team/:id', (request, response) => {
    const file = world.teams.get(request.params.team)?.files.get(request.params.id);
    if (!file?.bytes || !file.complete) {
      response.status(404).json({ ok: false, error: 'file_not_found', message: 'No such file.' });
      return;
    }
    // Never rendered as a page of ours, whatever an app uploads.
    response
      .set('content-security-policy', "default-src 'none'; sandbox")
      .set('x-content-type-options', 'nosniff')
      .type(file.mimetype)
      .send(file.bytes);
  });
  return router;
}

const MIMETYPES: Record<string, string> = {
  csv: 'text/csv',
  gif: 'image/gif',
  jpg: 'image/jpeg',
  json: 'application/json',
  md: 'text/markdown',
  pdf: 'application/pdf',
  png: 'image/png',
  txt: 'text/plain',
};

function mimetypeOf(name: string): string {
  const extension = name.split('.').at(-1)?.toLowerCase() ?? '';
  return MIMETYPES[extension] ?? 'application/octet-stream';
}
