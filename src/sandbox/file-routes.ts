import express, { type Router } from 'express';
import { readBody } from './body.ts';
import { mimetypeOf } from './state/files.ts';
import type { Installation } from './state/types.ts';
import type { World } from './state/world.ts';

function findInstallation(world: World, token: string | undefined): Installation | undefined {
  return [...world.apps.values()]
    .flatMap((app) => [...app.installations.values()])
    .find((one) => one.botToken === token && one.status === 'active');
}

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
  router.get('/files-pri/:team/:id/download/:name', (request, response) => {
    const { team, id } = request.params;
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
    const installation = findInstallation(world, token);
    const file = world.teams.get(team)?.files.get(id);
    const isOpen = installation?.teamId === team && installation.scopes.includes('files:read');
    if (!isOpen || !file?.bytes) {
      // Slack shows whoever may not read a file the page on which people sign in.
      response.type('html').send('<!DOCTYPE html><html><title>Sign in</title></html>');
      return;
    }
    response.type(file.mimetype).send(file.bytes);
  });
  return router;
}
