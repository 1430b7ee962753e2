// The dialogs of the editor: a link, and a chart.
import { Button, Group, Modal, NativeSelect, Stack, Text, Textarea, TextInput, UnstyledButton } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { CHART_TYPES, chartSpec, readCells } from '../chart/spec'
import type { LinkTarget, NoteEditorProps } from '../types'
import { draw } from '../views/blocks'

interface LinkProps {
  href: string
  text: string
  needsText: boolean
  search?: NoteEditorProps['searchNotes']
  onDone: (href: string, text: string) => void
  onRemove?: () => void
  onClose: () => void
}

const isAddress = (value: string): boolean => /^(https?:|mailto:|\/|#|www\.|[^\s/]+@)/i.test(value)

/** Asks for an address, or finds a note. */
export function LinkDialog({ href, text, needsText, search, onDone, onRemove, onClose }: LinkProps) {
  const [value, setValue] = useState(href)
  const [words, setWords] = useState(text)
  const [found, setFound] = useState<LinkTarget[]>([])
  useEffect(() => {
    if (!search || isAddress(value) || value.trim().length < 2) return setFound([])
    const abort = new AbortController()
    const timer = setTimeout(() => {
      search(value.trim(), abort.signal).then((list) => !abort.signal.aborted && setFound(list), () => undefined)
    }, 200)
    return () => (clearTimeout(timer), abort.abort())
  }, [value, search])
  const done = (to: string, title = ''): void => {
    const address = to.trim()
    if (address) onDone(/^www\./i.test(address) ? `https://${address}` : /^[^\s/:]+@[^\s/]+$/.test(address) ? `mailto:${address}` : address, words.trim() || title || address)
  }
  return (
    <Modal opened onClose={onClose} title={<Text fw={650}>Link</Text>}>
      <form onSubmit={(e) => (e.preventDefault(), e.stopPropagation(), done(value))}>
        <Stack gap="sm">
          <TextInput label={search ? 'Address, or words to find a note' : 'Address'} placeholder="https://…" value={value} onChange={(e) => setValue(e.currentTarget.value)} data-autofocus />
          {found.length > 0 && (
            <ul className="ed-found" aria-label="Notes found">
              {found.map((n) => (
                <li key={n.href}><UnstyledButton className="ed-found-note" onClick={() => done(n.href, n.title)}>{n.title}{n.detail && <small>{n.detail}</small>}</UnstyledButton></li>
              ))}
            </ul>
          )}
          {needsText && <TextInput label="Words to show" value={words} onChange={(e) => setWords(e.currentTarget.value)} />}
          <Group justify="flex-end" gap="xs">
            {onRemove && <Button variant="default" onClick={onRemove}>Remove link</Button>}
            <Button type="submit" disabled={!value.trim()}>Link</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

interface ChartProps {
  source: string
  render?: NoteEditorProps['renderChart']
  onDone: (source: string) => void
  onClose: () => void
}

const EXAMPLE = 'Quarter\tThis year\tLast year\nQ1\t120\t100\nQ2\t135\t110'

/** Asks for a chart: a small form for a new one, the spec itself for another. */
export function ChartDialog({ source, render, onDone, onClose }: ChartProps) {
  const [spec, setSpec] = useState(source)
  const [form, setForm] = useState(source ? null : { type: 'bar' as (typeof CHART_TYPES)[number], title: '', unit: '', source: '', data: EXAMPLE })
  const text = form ? chartSpec({ ...form, cells: readCells(form.data) }) : spec
  // What was typed or pasted goes only by the button that closes.
  const [first] = useState(text)
  const untouched = text === first
  const field = (name: 'title' | 'unit' | 'source') => ({ value: form?.[name] ?? '', onChange: (e: React.ChangeEvent<HTMLInputElement>) => setForm(form && { ...form, [name]: e.target.value }) })
  return (
    <Modal opened onClose={onClose} closeOnEscape={untouched} closeOnClickOutside={untouched} size="xl" title={<Text fw={650}>Chart</Text>}>
      <form onSubmit={(e) => (e.preventDefault(), e.stopPropagation(), onDone(text))} onKeyDown={(e) => { if (e.key === 'Enter' && (e.ctrlKey || e.metaKey)) e.currentTarget.requestSubmit() }}>
        <Stack gap="sm">
          {form ? (
            <>
              <Group grow align="start">
                <NativeSelect label="Kind" data={[...CHART_TYPES]} value={form.type} onChange={(e) => setForm({ ...form, type: e.currentTarget.value as 'bar' })} />
                <TextInput label="Unit" {...field('unit')} />
              </Group>
              <TextInput label="Title" required data-autofocus {...field('title')} />
              <TextInput label="Source" {...field('source')} />
              <Textarea label="Data" description="Paste cells from a spreadsheet. The first row names the series, the first column the labels." autosize minRows={4} maxRows={12} classNames={{ input: 'ed-mono' }} value={form.data} onChange={(e) => setForm({ ...form, data: e.currentTarget.value })} />
            </>
          ) : (
            <Textarea label="Spec" data-autofocus autosize minRows={6} maxRows={18} classNames={{ input: 'ed-mono' }} value={spec} onChange={(e) => setSpec(e.currentTarget.value)} />
          )}
          <Preview source={text} render={render} />
          <Group justify="space-between">
            {form ? <Button variant="subtle" onClick={() => (setSpec(text), setForm(null))}>Edit as text</Button> : <span />}
            <Button type="submit" disabled={form !== null && !form.title.trim()}>{source ? 'Change chart' : 'Insert chart'}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

function Preview({ source, render }: Pick<ChartProps, 'source' | 'render'>) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!render) return
    const abort = new AbortController()
    const timer = setTimeout(() => box.current && void draw({ render }, source, box.current, abort.signal), 300)
    return () => (clearTimeout(timer), abort.abort())
  }, [source, render])
  return render ? <div className="ed-chart-picture" ref={box} aria-live="polite" /> : null
}
