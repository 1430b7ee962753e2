package portal

import "lighttrends/internal/domain/billing"

// money writes an amount in the smallest unit of a currency: $1,450 or €49.50.
func money(amount int64, currency string) string { return billing.MoneyText(amount, currency) }
