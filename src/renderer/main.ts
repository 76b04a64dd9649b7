import { createPinia } from 'pinia';
import { createApp } from 'vue';
import App from './App.vue';
import { i18n } from './i18n';
import { router } from './router';
import { useSystem } from './stores/system';
import './styles/tokens.css';
import './styles/fonts.css';
import './styles/base.css';

const app = createApp(App).use(createPinia()).use(i18n).use(router);
app.config.errorHandler = (reason) => {
  console.error(reason);
  useSystem().tell(reason);
};
window.addEventListener('unhandledrejection', (event) => { useSystem().tell(event.reason); });
app.mount('#app');
