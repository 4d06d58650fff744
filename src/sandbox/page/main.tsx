import { createRoot } from 'react-dom/client';
import { Page } from './page.tsx';
import 'slack-blocks-to-jsx/dist/style.css';
import './styles/page.css';
import './styles/pane.css';
import './styles/messages.css';
import './styles/blocks.css';
import './styles/controls.css';
import './styles/modals.css';

const root = document.getElementById('page');
if (root) createRoot(root).render(<Page />);
