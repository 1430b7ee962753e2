// Files on their way: how far each has come, and what was wrong with it.
import { Button, CloseButton, Group, Progress, Text } from '@mantine/core'
import { useCallback, useRef, useState } from 'react'
import { sentence } from '../api/problem'
import { done } from '../ui/toast'
import { upload } from './upload'

export interface Sending { key: number; file: File; folder?: string; part: number; state: 'waiting' | 'sending' | 'done' | 'failed'; why?: string }

/** Sends one file after the other: the server reads one picture at a time. */
export function useUploads() {
  const [files, setFiles] = useState<Sending[]>([])
  const queue = useRef<Sending[]>([])
  const busy = useRef(false)
  const count = useRef(0)
  const change = useCallback((key: number, part: Partial<Sending>) => setFiles((all) => all.map((f) => (f.key === key ? { ...f, ...part } : f))), [])

  const run = useCallback(async () => {
    if (busy.current) return
    busy.current = true
    let good = 0
    for (let next = queue.current.shift(); next; next = queue.current.shift()) {
      const { key, file, folder } = next
      change(key, { state: 'sending' })
      try {
        await upload(file, '', '', { folder, onProgress: (part) => change(key, { part }) })
        change(key, { state: 'done', part: 1 })
        good++
      } catch (error) {
        change(key, { state: 'failed', why: sentence(error) })
      }
    }
    busy.current = false
    setFiles((all) => all.filter((f) => f.state === 'failed'))
    if (good) done(good === 1 ? 'The picture is here' : `${good} pictures are here`)
  }, [change])

  const add = useCallback((list: Iterable<File>, folder?: string) => {
    const fresh = [...list].map((file): Sending => ({ key: ++count.current, file, folder, part: 0, state: 'waiting' }))
    queue.current.push(...fresh)
    setFiles((all) => [...all, ...fresh])
    void run()
  }, [run])

  const again = (f: Sending) => {
    dismiss(f.key)
    add([f.file], f.folder)
  }
  const dismiss = (key: number) => setFiles((all) => all.filter((f) => f.key !== key))
  return { files, add, again, dismiss }
}

export function Uploads({ files, again, dismiss }: ReturnType<typeof useUploads>) {
  const left = files.filter((f) => f.state === 'waiting' || f.state === 'sending').length
  return (
    <>
      <div role="status" className="visually-hidden">{left > 0 ? `${left} ${left === 1 ? 'picture is' : 'pictures are'} on the way` : ''}</div>
      {files.length > 0 && (
        <ul className="plain panel rows uploads" aria-label="Uploads">
          {files.map((f) => (
            <li key={f.key} className="upload-row">
              <Text size="sm" fw={500} style={{ overflowWrap: 'anywhere' }}>{f.file.name}</Text>
              {f.state === 'failed' ? (
                <>
                  <Text size="sm" c="light-dark(#a82a23, #ff9d96)" role="alert">{f.why}</Text>
                  <Group gap={4} wrap="nowrap">
                    <Button size="compact-xs" variant="default" onClick={() => again(f)}>Try again</Button>
                    <CloseButton size="sm" aria-label={`Dismiss ${f.file.name}`} onClick={() => dismiss(f.key)} />
                  </Group>
                </>
              ) : (
                <>
                  <Progress value={f.part * 100} aria-label={`${f.file.name}: sent`} />
                  <Text size="xs" c="dimmed" className="nowrap">{f.state === 'waiting' ? 'waiting' : f.part < 1 ? `${Math.round(f.part * 100)} %` : 'being read'}</Text>
                </>
              )}
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
