import type { Checked } from '../../time/validate.ts';

/** A link of the web in the form that browsers read it, without a name or password in it. */
export function checkLink(text: string): Checked<string> {
  const typed = text.trim().replace(/^<(.+)>$/, '$1');
  const url = URL.canParse(typed) ? new URL(typed) : null;
  const isWeb = url !== null && /^https?:\/\//i.test(typed) && /^https?:$/.test(url.protocol);
  if (!isWeb || url.username !== '' || url.password !== '' || /\s/.test(typed))
    return { ok: false, message: 'This is not a web link. It starts with https:// or http://.' };
  return { ok: true, value: url.href };
}
