import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  root: new URL('./src/web', import.meta.url).pathname,
  plugins: [react()],
  build: {
    // Browsers that know light-dark(); without this it would be rewritten into something that forgets the chosen scheme.
    target: ['chrome123', 'firefox120', 'safari17.5'],
    emptyOutDir: true,
    chunkSizeWarningLimit: 2_000,
    reportCompressedSize: false,
  },
  logLevel: 'warn',
});
