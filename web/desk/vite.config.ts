import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { gzipSync } from 'node:zlib'
import react from '@vitejs/plugin-react'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'

const root = import.meta.dirname

// Writes the hash of every source that went into the build to dist/sources.txt.
// A Go test compares it with the sources, so that nobody forgets to build.
function sources(): Plugin {
  const always = ['index.html', 'package.json', 'package-lock.json', 'tsconfig.json', 'vite.config.ts']
  return {
    name: 'sources',
    apply: 'build',
    generateBundle() {
      const own = [...this.getModuleIds()].map((id) => relative(root, id.split('?')[0]!)).filter((file) => file.startsWith('src/') || file.startsWith('../sdk/src/'))
      const lines = [...new Set([...always, ...own])].sort().map((file) => {
        const hash = createHash('sha256').update(readFileSync(join(root, file))).digest('hex')
        return `${hash}  ${file}\n`
      })
      this.emitFile({ type: 'asset', fileName: 'sources.txt', source: lines.join('') })
    },
  }
}

// Keeps what is text compressed only: so it lies in the server's binary, and so
// every browser takes it.
function squeezed(): Plugin {
  return {
    name: 'squeezed',
    apply: 'build',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        for (const [name, part] of Object.entries(bundle)) {
          if (!/\.(js|css|svg)$/.test(name)) continue
          const source = part.type === 'chunk' ? part.code : part.source
          this.emitFile({ type: 'asset', fileName: name + '.gz', source: gzipSync(source, { level: 9 }) })
          delete bundle[name]
        }
      },
    },
  }
}

// The build has stable file names; the server puts a version of the whole into
// their address. Addresses are relative, so that every part of one page comes
// from the same build. `npm run dev` proxies the API to a server beside it.
export default defineConfig(({ command }) => ({
  base: command === 'build' ? './' : '/desk/',
  plugins: [react(), sources(), squeezed()],
  resolve: { alias: { '@lighttrends/sdk': join(root, '../sdk/src') } }, // the client is made in the same house
  server: { fs: { allow: ['..'] }, proxy: Object.fromEntries(['/api', '/media', '/static'].map((path) => [path, process.env.DESK_SERVER ?? 'http://127.0.0.1:8080'])) },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2023',
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'], // light-dark() stays as it is
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
    rollupOptions: {
      output: { entryFileNames: 'assets/[name].js', chunkFileNames: 'assets/[name].js', assetFileNames: 'assets/[name][extname]' },
    },
  },
  test: { environment: 'jsdom', include: ['src/**/*.test.{ts,tsx}'] },
}))
