// Many redirects at once, from a spreadsheet or a file. Each is made on its
// own; what was refused stays in the field, with the reason, to be put right.
import { Alert, Button, Group, Modal, Progress, Stack, Text, Textarea } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { api } from '../api/client'
import { passing, sentence } from '../api/problem'
import { refresh } from '../api/query'
import { useLeave } from '../ui/leave'
import { done } from '../ui/toast'
import { most, read, type Line } from './paste'

export function Many({ onClose }: { onClose: () => void }) {
  const [text, setText] = useState('')
  const [refused, setRefused] = useState<Line[]>([])
  const [progress, setProgress] = useState<number>()
  const gone = useRef(false)
  const leave = useLeave(text.trim() !== '', onClose)
  useEffect(() => {
    gone.current = false
    return () => { gone.current = true }
  }, [])
  const lines = read(text)

  async function make() {
    const source = text.split(/\r?\n/)
    const bad: Line[] = []
    let made = 0
    setRefused([])
    for (const [i, line] of lines.entries()) {
      if (gone.current) break
      setProgress((100 * i) / lines.length)
      if (line.wrong) {
        bad.push(line)
        continue
      }
      try {
        await api('POST /redirects', { body: { from: line.from, to: line.to, permanent: line.permanent } })
        made++
      } catch (error) {
        // Without an answer the rest would fail in the same way.
        const rest = passing(error) ? lines.slice(i) : [line]
        bad.push(...rest.map((l) => ({ ...l, wrong: sentence(error) })))
        if (rest.length > 1) break
      }
    }
    await refresh('redirects')
    if (gone.current) return
    setProgress(undefined)
    if (made > 0) done(made === 1 ? 'One redirect is made' : `${made} redirects are made`)
    if (bad.length === 0) return onClose()
    setText(bad.map((l) => source[l.row - 1]).join('\n'))
    setRefused(bad)
  }

  return (
    <Modal opened onClose={leave.close} size="lg" title={<Text fw={650}>Paste many redirects</Text>}>
      {leave.question}
      <Stack>
        <Text size="sm">One on each line: old path, new address, and “temporary” if it is. Columns are split by comma, semicolon or tab, as spreadsheets copy them.</Text>
        {refused.length > 0 && (
          <Alert color="red" variant="outline" role="alert" title={refused.length === 1 ? 'One line was not taken' : `${refused.length} lines were not taken`} styles={{ title: { color: 'var(--mantine-color-text)' } }}>
            <ul style={{ margin: 0, paddingLeft: '1.1rem', maxHeight: '10rem', overflowY: 'auto' }} tabIndex={0} aria-label="Lines that were not taken">
              {refused.map((l) => <li key={l.row} style={{ overflowWrap: 'anywhere' }}><span className="code">{l.from || '–'}</span>: {l.wrong}</li>)}
            </ul>
          </Alert>
        )}
        <Textarea label="Redirects" autosize minRows={6} maxRows={16} value={text} disabled={progress !== undefined} placeholder={'/old-address,/notes/film\n/shop,https://shop.example/,temporary'} styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: '.85rem' } }} onChange={(e) => setText(e.currentTarget.value)} data-autofocus />
        {progress !== undefined && <Progress value={progress} aria-label="Making redirects" />}
        {lines.length > most && <Alert color="red" role="alert">{`At most ${most} at once; these are ${lines.length}.`}</Alert>}
        <Group justify="flex-end">
          <Button variant="default" onClick={leave.close}>Cancel</Button>
          <Button loading={progress !== undefined} disabled={lines.length === 0 || lines.length > most} onClick={() => void make()}>{lines.length === 0 ? 'Make them' : lines.length === 1 ? 'Make one' : `Make ${lines.length}`}</Button>
        </Group>
      </Stack>
    </Modal>
  )
}
