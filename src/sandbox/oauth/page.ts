import type { SlackApp, Team, User } from '../state/types.ts';

export type Asked = {
  app: SlackApp;
  scopes: string[];
  /** Those of `scopes` that the person may leave out. */
  optional: string[];
  redirectUri: string;
  state: string;
};

/** The field of the form that holds whether an optional permission is given. */
export function fieldOf(scope: string): string {
  return `scope:${scope}`;
}

function escapeHtml(text: string): string {
  const entities: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
  };
  return text.replaceAll(/[&<>"]/g, (character) => entities[character] ?? character);
}

function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(title)}</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:36rem;margin:3rem auto;padding:0 1rem}
button{font:inherit;padding:.5rem 1rem;margin-right:.5rem}select{font:inherit;width:100%}</style></head>
<body><main><h1>${escapeHtml(title)}</h1>${body}</main></body></html>`;
}

/** Asks a person to allow an app into their workspace. */
export function consentPage(asked: Asked, choices: { team: Team; user: User }[]): string {
  const options = choices.map(
    ({ team, user }) =>
      `<option value="${escapeHtml(`${team.id}/${user.id}`)}">${escapeHtml(`${team.name}: ${user.displayName}`)}</option>`,
  );
  const scopes = asked.scopes
    .filter((scope) => !asked.optional.includes(scope))
    .map((scope) => `<li><code>${escapeHtml(scope)}</code></li>`);
  const optional = asked.optional.map(
    (scope) =>
      `<label><input type="checkbox" name="${escapeHtml(fieldOf(scope))}" checked> <code>${escapeHtml(scope)}</code></label><br>`,
  );
  return page(
    `Install ${asked.app.name}`,
    `<p>${escapeHtml(asked.app.name)} asks for these permissions:</p><ul>${scopes.join('')}</ul>
<form method="post">${optional.length > 0 ? `<fieldset><legend>Optional: leave out what you like</legend>${optional.join('')}</fieldset>` : ''}
<p><label>Workspace and person<br><select name="person">${options.join('')}</select></label></p>
<p><button name="decision" value="allow">Allow</button><button name="decision" value="deny">Cancel</button></p></form>`,
  );
}

export function errorPage(message: string): string {
  return page('Something went wrong', `<p>${escapeHtml(message)}</p>`);
}
