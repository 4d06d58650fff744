import { createRoot } from 'react-dom/client';
import { Page } from './page.tsx';
import 'slack-blocks-to-jsx/dist/style.css';
import './styles/clock.css';
import './styles/page.css';
import './styles/pane.css';
import './styles/menus.css';
import './styles/messages.css';
import './styles/composer.css';
import './styles/blocks.css';
import './styles/controls.css';
import './styles/combobox.css';
import './styles/modals.css';

const root = document.getElementById('page');
if (root) createRoot(root).render(<Page />);
