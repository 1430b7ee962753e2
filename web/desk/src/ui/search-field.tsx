// Search in a list: it asks a moment after the last letter.
import { TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'

interface Props {
  label: string
  placeholder: string
  value: string
  maxLength?: number
  /** Of a dialog: it has the focus when that opens. */
  first?: boolean
  onChange: (value: string) => void
}

export function SearchField({ label, placeholder, value, maxLength = 100, first, onChange }: Props) {
  const [text, setText] = useState(value)
  const typed = useRef(value)
  const later = useDebouncedCallback(onChange, 250)
  // What comes back late must not take away letters typed since.
  useEffect(() => {
    if (value !== typed.current.trim()) setText(value)
    typed.current = value
  }, [value])
  return (
    <TextInput type="search" aria-label={label} placeholder={placeholder} flex={1} miw={200} maw={420} maxLength={maxLength} leftSection={<IconSearch size={16} aria-hidden />} data-autofocus={first || undefined} value={text}
      onChange={(e) => {
        typed.current = e.currentTarget.value
        setText(e.currentTarget.value)
        later(e.currentTarget.value.trim())
      }} />
  )
}
