import { type Control, controlsIn } from '../state/controls.ts';
import type { OpenView, Value } from '../state/types.ts';
import { isEmptyValue } from '../state/values.ts';

/** What Slack's own client refuses before it sends a form, by block id, in its words. */
export function refusedInputs(open: OpenView): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const control of controlsIn(open.view.blocks)) {
    const value = open.values[control.blockId]?.[control.actionId];
    const error = control.input ? refusedInput(control, value) : null;
    if (error) errors[control.blockId] = error;
  }
  return errors;
}

function refusedInput(control: Control, value: Value | undefined): string | null {
  const { element, input } = control;
  if (isEmptyValue(value)) {
    return input?.optional ? null : 'Please complete this required field.';
  }
  const text = value?.value ?? '';
  if (element.type === 'plain_text_input') {
    return lengthError(text, element.min_length ?? 0, element.max_length ?? 3000);
  }
  if (element.type === 'number_input') return numberError(text, element);
  if (element.type === 'email_text_input') {
    return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text) ? null : 'Enter a valid email address.';
  }
  if (element.type === 'url_text_input') {
    return URL.canParse(text) && text.includes('.') ? null : 'Enter a valid URL.';
  }
  return 'max_selected_items' in element ? countError(value, element.max_selected_items) : null;
}

function lengthError(text: string, least: number, most: number): string | null {
  if (text.length < least) return `Please enter at least ${least} characters.`;
  return text.length > most ? `Please enter no more than ${most} characters.` : null;
}

function numberError(
  text: string,
  rule: { is_decimal_allowed: boolean; min_value?: string; max_value?: string },
): string | null {
  if (!/^-?\d+(\.\d+)?$/.test(text)) return 'Enter a number.';
  if (!rule.is_decimal_allowed && text.includes('.')) return 'Enter a whole number.';
  const number = Number(text);
  if (rule.min_value !== undefined && number < Number(rule.min_value)) {
    return `Enter a number of at least ${rule.min_value}.`;
  }
  if (rule.max_value !== undefined && number > Number(rule.max_value)) {
    return `Enter a number of at most ${rule.max_value}.`;
  }
  return null;
}

function countError(value: Value | undefined, most: number | undefined): string | null {
  if (!value || most === undefined) return null;
  const { type: _type, ...held } = value;
  const count = Object.values(held).find((part) => Array.isArray(part))?.length ?? 0;
  return count > most ? `Choose at most ${most}.` : null;
}
