import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { defineConfig, loadEnv } from 'vite'

const house = join(import.meta.dirname, '../../..')

// The demonstration writes down where it is and the content key it made for this
// example. Any other server is named in the environment or in .env.local.
function server(mode: string): { url: string; key: string } {
  const env = loadEnv(mode, import.meta.dirname, 'LIGHTTRENDS_')
  const made = join(house, 'data/demo/front-end.json')
  const demo = existsSync(made) ? (JSON.parse(readFileSync(made, 'utf8')) as { url: string; key: string }) : undefined
  const url = env.LIGHTTRENDS_URL ?? demo?.url
  const key = env.LIGHTTRENDS_KEY ?? demo?.key
  if (!url || !key) throw new Error('Start the demonstration first (make demo), or set LIGHTTRENDS_URL and LIGHTTRENDS_KEY. README.md says how.')
  if (!key.startsWith('lt_content_')) throw new Error('LIGHTTRENDS_KEY must be a content key. Browsers will see it.')
  return { url, key }
}

export default defineConfig(({ mode, isPreview }) => ({
  // In a project of your own the package is installed; here both are in one house.
  resolve: { alias: { '@lighttrends/sdk': join(house, 'web/sdk/src/index.ts') } },
  define: isPreview ? {} : { __LIGHTTRENDS__: JSON.stringify(server(mode)) },
  server: { host: 'localhost', port: 5173, strictPort: true, fs: { allow: [join(house, 'web')] } },
  preview: { host: 'localhost', port: 5173, strictPort: true },
  build: { target: 'es2022' },
}))
