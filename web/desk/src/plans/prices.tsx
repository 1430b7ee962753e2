// The prices of a plan, each with its rhythm, currency and, by the seat, bands.
import { ActionIcon, Button, Fieldset, Group, NativeSelect, NumberInput, Stack, Switch, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import type { Band, Price } from '../api/types'
import { amountOf, digits, typedOf } from '../ui/money'

interface Props {
  prices: Price[]
  seats: boolean
  errors: Record<string, string | undefined>
  onChange: (prices: Price[]) => void
}

export function Prices({ prices, seats, errors, onChange }: Props) {
  const set = (at: number, change: Partial<Price>) => onChange(prices.map((p, i) => (i === at ? { ...p, ...change } : p)))
  return (
    <Stack gap="sm">
      {prices.map((p, i) => (
        <Fieldset key={i} legend={`Price ${i + 1}`}>
          <Group align="start" gap="sm">
            <NativeSelect label="Paid" value={p.interval} error={errors[`prices.${i}.interval`]} data={[{ value: 'month', label: 'every month' }, { value: 'year', label: 'every year' }, { value: 'once', label: 'once, for a term' }]}
              onChange={(e) => set(i, { interval: e.currentTarget.value as Price['interval'], months: e.currentTarget.value === 'once' ? p.months || 12 : undefined })} />
            {p.interval === 'once' && <NumberInput label="Months" min={1} max={120} w={100} value={p.months ?? 12} error={errors[`prices.${i}.months`]} onChange={(v) => set(i, { months: Number(v) || 0 })} />}
            {!p.bands?.length && <NumberInput label={seats ? 'Amount, each seat' : 'Amount'} min={0} w={150} decimalScale={digits(p.currency)} thousandSeparator="," value={typedOf(p.amount, p.currency)} error={errors[`prices.${i}.amount`]}
              onChange={(v) => set(i, { amount: typeof v === 'number' ? amountOf(v, p.currency) : undefined })} />}
            <TextInput label="Currency" w={90} maxLength={3} value={p.currency} error={errors[`prices.${i}.currency`]} onChange={(e) => set(i, { currency: e.currentTarget.value.toLowerCase() })} />
            <ActionIcon variant="subtle" color="red" size="lg" mt={24} aria-label={`Remove price ${i + 1}`} onClick={() => onChange(prices.filter((_, n) => n !== i))}><IconTrash size={16} aria-hidden /></ActionIcon>
          </Group>
          {seats && p.interval !== 'once' && <Bands price={p} at={i} errors={errors} onChange={(change) => set(i, change)} />}
        </Fieldset>
      ))}
      <Group><Button variant="default" size="compact-sm" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => onChange([...prices, { interval: 'month', currency: prices[0]?.currency ?? 'usd' }])}>Add a price</Button></Group>
    </Stack>
  )
}

function Bands({ price: p, at, errors, onChange }: { price: Price; at: number; errors: Props['errors']; onChange: (change: Partial<Price>) => void }) {
  const bands = p.bands ?? []
  const set = (i: number, change: Partial<Band>) => onChange({ bands: bands.map((b, n) => (n === i ? { ...b, ...change } : b)) })
  if (bands.length === 0) return <Button mt="xs" variant="subtle" size="compact-sm" onClick={() => onChange({ amount: undefined, bands: [{ up_to: 10, unit: p.amount }, { unit: p.amount }] })}>Price by bands</Button>
  return (
    <Stack gap="xs" mt="sm">
      {bands.map((b, i) => {
        const last = i === bands.length - 1
        return (
          <Group key={i} gap="sm" align="start">
            <NumberInput label="Up to" aria-label={`Band ${i + 1}: up to how many seats`} w={110} min={1} placeholder="no end" disabled={last} value={last ? '' : b.up_to ?? ''} error={errors[`prices.${at}.bands.${i}.up_to`]} onChange={(v) => set(i, { up_to: Number(v) || undefined })} />
            <NumberInput label="Each seat" aria-label={`Band ${i + 1}: for each seat`} w={130} min={0} decimalScale={digits(p.currency)} value={typedOf(b.unit, p.currency)} error={errors[`prices.${at}.bands.${i}.unit`]} onChange={(v) => set(i, { unit: typeof v === 'number' ? amountOf(v, p.currency) : undefined })} />
            <NumberInput label="On top, once" aria-label={`Band ${i + 1}: on top, once`} w={130} min={0} decimalScale={digits(p.currency)} value={typedOf(b.flat, p.currency)} onChange={(v) => set(i, { flat: typeof v === 'number' ? amountOf(v, p.currency) : undefined })} />
            {!last && <ActionIcon variant="subtle" color="red" size="lg" mt={24} aria-label={`Remove band ${i + 1}`} onClick={() => onChange({ bands: bands.filter((_, n) => n !== i) })}><IconTrash size={16} aria-hidden /></ActionIcon>}
          </Group>
        )
      })}
      <Group gap="sm">
        <Button variant="subtle" size="compact-sm" disabled={bands.length >= 10} onClick={() => onChange({ bands: [...bands.slice(0, -1), { up_to: (bands.at(-2)?.up_to ?? 0) + 10, unit: bands.at(-1)?.unit }, bands.at(-1)!] })}>Add a band</Button>
        <Button variant="subtle" size="compact-sm" onClick={() => onChange({ bands: undefined, volume: undefined, amount: bands[0]?.unit })}>One amount instead</Button>
        <Switch label="The number of seats sets the price of all" checked={p.volume ?? false} onChange={(e) => onChange({ volume: e.currentTarget.checked })} />
      </Group>
    </Stack>
  )
}
