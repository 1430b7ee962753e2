import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

// The build has stable file names, so that a change of the sources shows as a
// change of these files; the server gives them entity tags. `npm run dev`
// proxies the API to a server that runs beside it.
export default defineConfig({
  base: '/desk/',
  plugins: [react()],
  server: { proxy: { '/api': 'http://127.0.0.1:8080', '/media': 'http://127.0.0.1:8080' } },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2023',
    assetsInlineLimit: 0,
    rollupOptions: {
      output: { entryFileNames: 'assets/[name].js', chunkFileNames: 'assets/[name].js', assetFileNames: 'assets/[name][extname]' },
    },
  },
  test: { environment: 'jsdom', include: ['src/**/*.test.{ts,tsx}'] },
})
