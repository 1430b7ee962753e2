package db

import "github.com/google/uuid"

// NewID makes a primary key: a UUID of version 7 (RFC 9562), which sorts by
// the time it was made and so keeps indexes compact.
func NewID() uuid.UUID { return uuid.Must(uuid.NewV7()) }
