// One number, written large.
import { Text } from '@mantine/core'
import './figures.css'

export function Big({ name, value }: { name: string; value: string }) {
  return <div className="panel panel-pad"><Text size="sm" c="dimmed">{name}</Text><p className="figures-big">{value}</p></div>
}
