import { renderEmoji } from '../../rendering/emoji.ts';
import type { Control } from '../../state/controls.ts';
import { usePerson } from '../workspace/person-context.ts';
import { Combobox } from './combobox.tsx';
import { type MenuElement, type Offer, offersOf, selectedIn } from './offers.ts';
import { useChosen } from './use-chosen.ts';
import { type Field, useControl } from './use-control.ts';

const MIN_QUERY_LENGTH = 3;

/** Every kind of menu in which one searches: fixed options, the app's own, people, channels. */
export function SelectMenu(o: { control: Control; element: MenuElement; field?: Field }) {
  const { control, element, field } = o;
  const person = usePerson();
  const { value, answer, label, lookUp } = useControl(control);
  const isMulti = element.type.startsWith('multi_');
  const isExternal = element.type === 'external_select' || element.type === 'multi_external_select';
  const saved = selectedIn(value, person);
  const { chosen, choose } = useChosen(saved, saved.map((offer) => offer.key).join('\n'));
  return (
    <Combobox
      id={field?.id}
      label={field ? undefined : (element.placeholder?.text ?? label)}
      describedBy={field?.describedBy}
      isInvalid={field?.isInvalid ?? false}
      placeholder={renderEmoji(element.placeholder?.text ?? 'Choose …')}
      isMulti={isMulti}
      canClear={control.input?.optional === true}
      most={'max_selected_items' in element ? element.max_selected_items : undefined}
      selected={chosen}
      offers={offersOf(element, person)}
      shortest={'min_query_length' in element ? (element.min_query_length ?? MIN_QUERY_LENGTH) : 0}
      onSearch={isExternal ? async (typed) => (await lookUp(typed)).map(offerOf) : undefined}
      onSelect={(offers) => {
        const answers = offers.map((offer) => offer.answer);
        void choose(offers, () => answer(isMulti ? answers : (answers[0] ?? null)));
      }}
    />
  );
}

function offerOf(text: string): Offer {
  return { key: text, text, answer: text };
}
