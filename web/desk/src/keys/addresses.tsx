// Where a front end is that shows a content key.
import { TagsInput } from '@mantine/core'

export interface Addresses {
  origins: string[]
  return_addresses: string[]
}

interface Props {
  value: Addresses
  fields: Record<string, string>
  onChange: (part: Partial<Addresses>) => void
}

// A wrong entry is named with its place in the list; its sentence stands below
// the list, with the entry before it.
export function about(fields: Record<string, string>, name: keyof Addresses, list: string[]): string | undefined {
  if (fields[name]) return fields[name]
  const wrong = Object.keys(fields).find((k) => k.startsWith(`${name}.`))
  if (!wrong) return undefined
  const entry = list[Number(wrong.slice(name.length + 1))]
  return entry === undefined ? fields[wrong] : `${entry}: ${fields[wrong]}`
}

export function AddressFields({ value, fields, onChange }: Props) {
  const own = { acceptValueOnBlur: true, splitChars: [' ', ','], clearable: true, maxTags: 50 }
  return (
    <>
      <TagsInput {...own} label="Browsers may call from" description="Origins of the front end. None: from anywhere, for what is public." placeholder={value.origins.length ? undefined : 'https://www.example.com'} value={value.origins} error={about(fields, 'origins', value.origins)} onChange={(origins) => onChange({ origins })} />
      <TagsInput {...own} label="Sign-in and payment may return to" description="Whole addresses. One that ends in a slash stands for everything below it." placeholder={value.return_addresses.length ? undefined : 'https://www.example.com/signed-in'} value={value.return_addresses} error={about(fields, 'return_addresses', value.return_addresses)} onChange={(return_addresses) => onChange({ return_addresses })} />
    </>
  )
}
