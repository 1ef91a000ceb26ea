import { render } from 'preact';
import { TrainPage } from './page.tsx';

render(<TrainPage />, document.getElementById('page')!);
