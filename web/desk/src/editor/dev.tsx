// A workbench for the editor alone: `npm run dev`, then /desk/editor-dev.html.
// It is no part of the build. `?words=20000` opens a long text.
import { MantineProvider } from '@mantine/core'
import '@mantine/core/styles.css'
import { useState } from 'react'
import { createRoot } from 'react-dom/client'
import type { Anchor } from './comments'
import { NoteEditor } from './note-editor'
import sample from './testdata/workbench.md?raw'

const query = new URLSearchParams(location.search)
const words = Number(query.get('words') ?? 0)
const long = (): string => {
  const sentence = 'The **volume** of film rose while its price fell, and *every* order came with a [letter](/notes/letter) from its buyer. '
  const paragraph = sentence.repeat(4).trim()
  return Array.from({ length: Math.ceil(words / 76) }, (_, i) => (i % 12 ? '' : `## Part ${i / 12 + 1}\n\n`) + paragraph).join('\n\n') + '\n'
}

function Bench() {
  const [value, setValue] = useState(words ? long() : sample)
  const [comments, setComments] = useState<{ id: string; anchor: Anchor }[]>([])
  const [count, setCount] = useState('')
  Object.assign(window, { markdown: value })
  return (
    <main style={{ maxWidth: '42rem', margin: '2rem auto', padding: '0 1rem' }}>
      <NoteEditor value={value} onChange={setValue} label="Text" comments={comments}
        onCount={(c) => setCount(`${c.words} words, ${c.minutes} min`)}
        onComment={(anchor) => setComments([...comments, { id: String(comments.length), anchor }])}
        uploadPicture={async (file) => ({ src: URL.createObjectURL(file), alt: '', caption: file.name })}
        searchNotes={async (q) => [{ title: `A note about ${q}`, href: `/notes/${q}`, detail: 'March 2026' }]}
        renderChart={async (source) => {
          if (!source.includes('title')) throw new Error('The title is missing.')
          return `<svg viewBox="0 0 400 120" role="img" aria-label="Chart"><g class="c1"><rect x="40" y="20" width="60" height="80" fill="currentColor"/></g><g class="c2"><rect x="140" y="50" width="60" height="50" fill="currentColor"/></g></svg>`
        }} />
      <p>{count}</p>
    </main>
  )
}

createRoot(document.getElementById('root')!).render(<MantineProvider defaultColorScheme={query.get('dark') ? 'dark' : 'light'}><Bench /></MantineProvider>)
