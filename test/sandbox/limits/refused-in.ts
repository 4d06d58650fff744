import { type Surface, validateBlocks } from '../../../src/sandbox/limits/index.ts';
import { BLOCKS } from './samples.ts';

/** Where the element, in an input block, is refused; paths are relative to the element. */
export function refusedIn(element: object, surface: Surface = 'modal'): string[] {
  const blocks = [{ ...BLOCKS.input, element }];
  return validateBlocks(blocks, surface).map(({ pointer }) =>
    pointer.replace('/blocks/0/element', '.'),
  );
}
