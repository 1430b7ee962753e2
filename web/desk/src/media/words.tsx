import { TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useState } from 'react'

/** The search of the library. It asks a moment after the last letter. */
export function Words({ value, onChange, autoFocus }: { value: string; onChange: (words: string) => void; autoFocus?: boolean }) {
  const [text, setText] = useState(value)
  const later = useDebouncedCallback(onChange, 250)
  useEffect(() => setText(value), [value])
  return (
    <TextInput type="search" aria-label="Search media" placeholder="Name, description or caption" flex={1} miw={180} maxLength={100} leftSection={<IconSearch size={16} aria-hidden />} data-autofocus={autoFocus || undefined}
      value={text} onChange={(e) => { setText(e.currentTarget.value); later(e.currentTarget.value) }} />
  )
}
