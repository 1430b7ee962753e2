// The pages about money, side by side.
import { Link } from '@tanstack/react-router'
import { useMay } from '../api/session'
import './income.css'

const pages = [
  { to: '/income', label: 'Income', need: 'plans.write' },
  { to: '/income/reconciliation', label: 'Reconciliation', need: 'operations.write' },
] as const

export function IncomeNav() {
  const may = useMay()
  const open = pages.filter((p) => may(p.need))
  if (open.length < 2) return null
  return (
    <nav className="income-nav" aria-label="Money">
      {open.map((p) => <Link key={p.to} to={p.to} activeOptions={{ exact: true }}>{p.label}</Link>)}
    </nav>
  )
}
