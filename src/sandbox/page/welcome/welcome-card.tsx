import { useState } from 'react';

const KEY = 'tandem-sandbox-welcome';

/** What a newcomer does first; gone for good once dismissed. */
export function WelcomeCard() {
  const [isOpen, setIsOpen] = useState(() => localStorage.getItem(KEY) !== 'seen');
  if (!isOpen) return null;
  const dismiss = () => {
    localStorage.setItem(KEY, 'seen');
    setIsOpen(false);
  };
  return (
    <aside className="welcome" aria-label="What to try">
      <p>
        <strong>Here you are both.</strong> Dana is the executive, in New York. Ana is her
        assistant, in Manila. Nothing leaves this machine.
      </p>
      <ol>
        <li>
          As <b>Dana</b>, write <code>/ea-setup</code> in <b>#dana-ana</b> and propose the
          agreement.
        </li>
        <li>
          As <b>Ana</b>, open the message from <b>Tandem</b> and accept.
        </li>
        <li>
          Press <b>Next event</b> above. As <b>Ana</b>, start the check-in that is due then.
        </li>
      </ol>
      <button type="button" onClick={dismiss}>
        Got it
      </button>
    </aside>
  );
}
