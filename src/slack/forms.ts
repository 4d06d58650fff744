import type { ViewOutput, ViewStateValue } from '@slack/bolt';
import type { z } from 'zod';
import { UserFacingError } from '../errors.ts';

/** A form as it comes back from a person. */
export type SubmittedView = Pick<ViewOutput, 'id' | 'hash' | 'private_metadata' | 'state'>;

/** What was read, or a sentence for each field that is not right, by block id. */
export type Parsed<T> = { ok: true; value: T } | { ok: false; errors: Record<string, string> };

/** The value of each field by block id: text, id, ISO date, 'HH:mm', or a list; null when left empty. */
export function formValues(view: Pick<SubmittedView, 'state'>): Record<string, unknown> {
  const entries = Object.entries(view.state.values).flatMap(([blockId, elements]) =>
    Object.values(elements).map((element): [string, unknown] => [blockId, valueOf(element)]),
  );
  return Object.fromEntries(entries);
}

function valueOf(element: ViewStateValue): unknown {
  switch (element.type) {
    case 'checkboxes':
    case 'multi_static_select':
    case 'multi_external_select':
      return (element.selected_options ?? []).map((one) => one.value);
    case 'radio_buttons':
    case 'static_select':
    case 'external_select':
      return element.selected_option?.value ?? null;
    case 'users_select':
      return element.selected_user ?? null;
    case 'conversations_select':
      return element.selected_conversation ?? null;
    case 'channels_select':
      return element.selected_channel ?? null;
    case 'datepicker':
      return element.selected_date ?? null;
    case 'timepicker':
      return element.selected_time ?? null;
    case 'file_input':
      return (element.files ?? []).map(({ id, name, size }) => ({ id, name, size }));
    default:
      return element.value ?? null;
  }
}

/** Reads the fields of a form with a schema whose paths, joined by dots, are block ids; its messages become the fields' errors. */
export function parseForm<T>(view: Pick<SubmittedView, 'state'>, schema: z.ZodType<T>): Parsed<T> {
  const result = schema.safeParse(formValues(view));
  if (result.success) return { ok: true, value: result.data };
  const errors = result.error.issues.map((issue): [string, string] => [
    issue.path.filter((part) => typeof part === 'string').join('.'),
    issue.message,
  ]);
  return { ok: false, errors: Object.fromEntries(errors.reverse()) };
}

/** What a form or button carries for itself. It can be forged or old, so it is parsed, and never says which workspace. */
export function parseCarried<T>(text: string | undefined, schema: z.ZodType<T>): T {
  const result = schema.safeParse(readJson(text ?? ''));
  if (!result.success) {
    throw new UserFacingError(
      'This message or form is out of date. Please start again with the command.',
    );
  }
  return result.data;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
