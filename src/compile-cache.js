// Loaded with `node --import` before any TypeScript: what was compiled once is read again at the next start, which
// makes starting faster and saves the memory of the type stripper. Kept inside the project, since code from a folder
// that others may write to must not be run. Where it cannot be written, nothing changes.
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/tandem', import.meta.url)));
