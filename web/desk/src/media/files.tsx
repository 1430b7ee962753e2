// The files of the library, as a grid of thumbnails or as a table.
import { Checkbox, Table, Text } from '@mantine/core'
import { IconFileSpreadsheet, IconFileText, IconTable } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { DragEvent } from 'react'
import type { MediaFile } from '../api/types'
import { size } from '../ui/size'
import { date } from '../ui/time'
import { dragType, kindLabels } from './use-library'

interface Props {
  files: MediaFile[]
  ticked: ReadonlySet<string>
  /** Missing when nothing may be changed. */
  onTick?: (ticked: ReadonlySet<string>) => void
  onOpen: (id: string) => void
}

export const nameOf = (f: MediaFile): string => f.picture?.filename ?? f.attachment?.filename ?? ''
const bytesOf = (f: MediaFile): number => f.picture?.bytes ?? f.attachment?.bytes ?? 0

function toggle(ticked: ReadonlySet<string>, id: string): Set<string> {
  const next = new Set(ticked)
  if (!next.delete(id)) next.add(id)
  return next
}

/** What is dragged: all that is ticked, or the one under the pointer. */
const drag = (ticked: ReadonlySet<string>, f: MediaFile) => (e: DragEvent) => {
  if (!f.picture) return e.preventDefault()
  e.dataTransfer.setData(dragType, ticked.has(f.id) ? [...ticked].join(' ') : f.id)
  e.dataTransfer.effectAllowed = 'move'
}

export function FileGrid({ files, ticked, onTick, onOpen }: Props) {
  return (
    <ul className="pictures">
      {files.map((f) => (
        <li key={f.id} className="file" data-ticked={ticked.has(f.id) || undefined} draggable={!!onTick && !!f.picture} onDragStart={drag(ticked, f)}>
          {onTick && f.picture && <Checkbox className="tick" aria-label={`Tick ${nameOf(f)}`} checked={ticked.has(f.id)} onChange={() => onTick(toggle(ticked, f.id))} />}
          <button type="button" onClick={() => onOpen(f.id)}>
            <Thumb file={f} />
            <span className="file-name">{nameOf(f)}</span>
            <span className="dim">{f.picture ? `${f.picture.width} × ${f.picture.height}, ` : `${kindLabels[f.kind]}, `}{size(bytesOf(f))}{f.picture && !f.picture.alt && ', no description'}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}

function Thumb({ file: { picture, kind } }: { file: MediaFile }) {
  if (picture) return <img src={picture.src} srcSet={picture.srcset} sizes="12rem" alt={picture.alt} width={picture.width} height={picture.height} loading="lazy" draggable={false} />
  const Icon = kind === 'pdf' ? IconFileText : kind === 'sheet' ? IconFileSpreadsheet : IconTable
  return <div className="thumb-icon"><Icon size={44} stroke={1.2} aria-hidden /></div>
}

export function FileTable({ files, ticked, onTick, onOpen }: Props) {
  const pictures = files.filter((f) => f.picture)
  const every = pictures.length > 0 && pictures.every((f) => ticked.has(f.id))
  return (
    <div className="tablewrap panel" role="region" aria-label="Files" tabIndex={0}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            {onTick && <Table.Th w={40}><Checkbox aria-label="Tick all pictures" checked={every} indeterminate={!every && ticked.size > 0} onChange={() => onTick(new Set(every ? [] : pictures.map((f) => f.id)))} /></Table.Th>}
            <Table.Th>Name</Table.Th><Table.Th visibleFrom="xs">Kind</Table.Th><Table.Th>Size</Table.Th><Table.Th visibleFrom="sm">From</Table.Th><Table.Th visibleFrom="sm">Came</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {files.map((f) => (
            <Table.Tr key={f.id} draggable={!!onTick && !!f.picture} onDragStart={drag(ticked, f)} bg={ticked.has(f.id) ? 'var(--mantine-color-default-hover)' : undefined}>
              {onTick && <Table.Td>{f.picture && <Checkbox aria-label={`Tick ${nameOf(f)}`} checked={ticked.has(f.id)} onChange={() => onTick(toggle(ticked, f.id))} />}</Table.Td>}
              <Table.Th scope="row" fz="sm" c="var(--mantine-color-text)">
                <button type="button" className="plain-link row-name" onClick={() => onOpen(f.id)}>{f.picture && <img src={f.picture.src} srcSet={f.picture.srcset} sizes="3rem" alt="" loading="lazy" draggable={false} />}<span>{nameOf(f)}</span></button>
                {f.picture?.alt && <Text size="xs" c="dimmed" lineClamp={1}>{f.picture.alt}</Text>}
              </Table.Th>
              <Table.Td className="nowrap" visibleFrom="xs">{f.picture ? `${f.picture.width} × ${f.picture.height}` : kindLabels[f.kind]}{f.note?.id && <Text size="xs" component="div"><Link to="/notes/$id" params={{ id: f.note.id }}>{f.note.title || 'Untitled'}</Link></Text>}</Table.Td>
              <Table.Td className="nowrap">{size(bytesOf(f))}</Table.Td>
              <Table.Td visibleFrom="sm">{f.created_by}</Table.Td>
              <Table.Td visibleFrom="sm" className="nowrap">{date(f.created_at)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  )
}
