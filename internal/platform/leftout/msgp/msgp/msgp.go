// Package msgp stands in for the MessagePack library of the same import path.
// The library for passkeys can write its types in that format, which this server
// never asks for: they are kept as JSON. The replace directive in go.mod keeps
// the real one out of the binary. Whoever wants MessagePack after all takes the
// directive away; until then every use fails and says why.
package msgp

import (
	"errors"
	"io"
	"time"
)

// ErrLeftOut is the answer to every use.
var ErrLeftOut = errors.New("the MessagePack library is left out of this build")

// The sizes that are reckoned with.
const (
	Int64Size        = 0
	IntSize          = 0
	UintSize         = 0
	ByteSize         = 0
	Uint32Size       = 0
	TimeSize         = 0
	BoolSize         = 0
	NilSize          = 0
	MapHeaderSize    = 0
	ArrayHeaderSize  = 0
	BytesPrefixSize  = 0
	StringPrefixSize = 0
)

// The interfaces that types say they have.
type (
	Encodable   interface{ EncodeMsg(*Writer) error }
	Decodable   interface{ DecodeMsg(*Reader) error }
	Marshaler   interface{ MarshalMsg([]byte) ([]byte, error) }
	Unmarshaler interface{ UnmarshalMsg([]byte) ([]byte, error) }
	Sizer       interface{ Msgsize() int }
)

// Reader reads nothing.
type Reader struct{}

// Writer writes nothing.
type Writer struct{}

// NewWriterSize returns a Writer.
func NewWriterSize(io.Writer, int) *Writer { return &Writer{} }

// WrapError returns the error.
func WrapError(err error, _ ...any) error { return err }

// GuessSize says nothing.
func GuessSize(any) int { return 0 }

// IsNil says nothing.
func IsNil([]byte) bool { return false }

// Require returns what it is given.
func Require(old []byte, _ int) []byte { return old }

// UnsafeString makes a string.
func UnsafeString(b []byte) string { return string(b) }

// AppendIntf fails with ErrLeftOut.
func AppendIntf(b []byte, _ any) ([]byte, error) { return b, ErrLeftOut }

// AppendNil appends nothing.
func AppendNil(b []byte) []byte { return b }

// Skip fails with ErrLeftOut.
func Skip(b []byte) ([]byte, error) { return b, ErrLeftOut }

// ReadNilBytes fails with ErrLeftOut.
func ReadNilBytes(b []byte) ([]byte, error) { return b, ErrLeftOut }

// ReadBytesBytes fails with ErrLeftOut.
func ReadBytesBytes(b, _ []byte) (v, o []byte, err error) { return nil, b, ErrLeftOut }

// ReadMapKeyZC fails with ErrLeftOut.
func ReadMapKeyZC(b []byte) ([]byte, []byte, error) { return nil, b, ErrLeftOut }

// AppendArrayHeader appends nothing.
func AppendArrayHeader(b []byte, _ uint32) []byte { return b }

// AppendBool appends nothing.
func AppendBool(b []byte, _ bool) []byte { return b }

// AppendByte appends nothing.
func AppendByte(b []byte, _ byte) []byte { return b }

// AppendBytes appends nothing.
func AppendBytes(b []byte, _ []byte) []byte { return b }

// AppendInt appends nothing.
func AppendInt(b []byte, _ int) []byte { return b }

// AppendInt64 appends nothing.
func AppendInt64(b []byte, _ int64) []byte { return b }

// AppendMapHeader appends nothing.
func AppendMapHeader(b []byte, _ uint32) []byte { return b }

// AppendString appends nothing.
func AppendString(b []byte, _ string) []byte { return b }

// AppendTime appends nothing.
func AppendTime(b []byte, _ time.Time) []byte { return b }

// AppendUint appends nothing.
func AppendUint(b []byte, _ uint) []byte { return b }

// AppendUint32 appends nothing.
func AppendUint32(b []byte, _ uint32) []byte { return b }

// ReadArrayHeaderBytes fails with ErrLeftOut.
func ReadArrayHeaderBytes(b []byte) (v uint32, o []byte, err error) { return v, b, ErrLeftOut }

// ReadBoolBytes fails with ErrLeftOut.
func ReadBoolBytes(b []byte) (v bool, o []byte, err error) { return v, b, ErrLeftOut }

// ReadByteBytes fails with ErrLeftOut.
func ReadByteBytes(b []byte) (v byte, o []byte, err error) { return v, b, ErrLeftOut }

// ReadInt64Bytes fails with ErrLeftOut.
func ReadInt64Bytes(b []byte) (v int64, o []byte, err error) { return v, b, ErrLeftOut }

// ReadIntBytes fails with ErrLeftOut.
func ReadIntBytes(b []byte) (v int, o []byte, err error) { return v, b, ErrLeftOut }

// ReadIntfBytes fails with ErrLeftOut.
func ReadIntfBytes(b []byte) (v any, o []byte, err error) { return v, b, ErrLeftOut }

// ReadMapHeaderBytes fails with ErrLeftOut.
func ReadMapHeaderBytes(b []byte) (v uint32, o []byte, err error) { return v, b, ErrLeftOut }

// ReadStringBytes fails with ErrLeftOut.
func ReadStringBytes(b []byte) (v string, o []byte, err error) { return v, b, ErrLeftOut }

// ReadTimeBytes fails with ErrLeftOut.
func ReadTimeBytes(b []byte) (v time.Time, o []byte, err error) { return v, b, ErrLeftOut }

// ReadUint32Bytes fails with ErrLeftOut.
func ReadUint32Bytes(b []byte) (v uint32, o []byte, err error) { return v, b, ErrLeftOut }

// ReadUintBytes fails with ErrLeftOut.
func ReadUintBytes(b []byte) (v uint, o []byte, err error) { return v, b, ErrLeftOut }

// IsNil says nothing.
func (*Reader) IsNil() bool { return false }

// Skip fails with ErrLeftOut.
func (*Reader) Skip() error { return ErrLeftOut }

// ReadNil fails with ErrLeftOut.
func (*Reader) ReadNil() error { return ErrLeftOut }

// ReadBytes fails with ErrLeftOut.
func (*Reader) ReadBytes([]byte) ([]byte, error) { return nil, ErrLeftOut }

// ReadMapKeyPtr fails with ErrLeftOut.
func (*Reader) ReadMapKeyPtr() ([]byte, error) { return nil, ErrLeftOut }

// ReadArrayHeader fails with ErrLeftOut.
func (*Reader) ReadArrayHeader() (v uint32, err error) { return v, ErrLeftOut }

// ReadBool fails with ErrLeftOut.
func (*Reader) ReadBool() (v bool, err error) { return v, ErrLeftOut }

// ReadByte fails with ErrLeftOut.
func (*Reader) ReadByte() (v byte, err error) { return v, ErrLeftOut }

// ReadInt fails with ErrLeftOut.
func (*Reader) ReadInt() (v int, err error) { return v, ErrLeftOut }

// ReadInt64 fails with ErrLeftOut.
func (*Reader) ReadInt64() (v int64, err error) { return v, ErrLeftOut }

// ReadIntf fails with ErrLeftOut.
func (*Reader) ReadIntf() (v any, err error) { return v, ErrLeftOut }

// ReadMapHeader fails with ErrLeftOut.
func (*Reader) ReadMapHeader() (v uint32, err error) { return v, ErrLeftOut }

// ReadString fails with ErrLeftOut.
func (*Reader) ReadString() (v string, err error) { return v, ErrLeftOut }

// ReadTime fails with ErrLeftOut.
func (*Reader) ReadTime() (v time.Time, err error) { return v, ErrLeftOut }

// ReadUint fails with ErrLeftOut.
func (*Reader) ReadUint() (v uint, err error) { return v, ErrLeftOut }

// ReadUint32 fails with ErrLeftOut.
func (*Reader) ReadUint32() (v uint32, err error) { return v, ErrLeftOut }

// Append fails with ErrLeftOut.
func (*Writer) Append(...byte) error { return ErrLeftOut }

// WriteNil fails with ErrLeftOut.
func (*Writer) WriteNil() error { return ErrLeftOut }

// WriteArrayHeader fails with ErrLeftOut.
func (*Writer) WriteArrayHeader(uint32) error { return ErrLeftOut }

// WriteBool fails with ErrLeftOut.
func (*Writer) WriteBool(bool) error { return ErrLeftOut }

// WriteByte fails with ErrLeftOut.
func (*Writer) WriteByte(byte) error { return ErrLeftOut }

// WriteBytes fails with ErrLeftOut.
func (*Writer) WriteBytes([]byte) error { return ErrLeftOut }

// WriteInt fails with ErrLeftOut.
func (*Writer) WriteInt(int) error { return ErrLeftOut }

// WriteInt64 fails with ErrLeftOut.
func (*Writer) WriteInt64(int64) error { return ErrLeftOut }

// WriteIntf fails with ErrLeftOut.
func (*Writer) WriteIntf(any) error { return ErrLeftOut }

// WriteMapHeader fails with ErrLeftOut.
func (*Writer) WriteMapHeader(uint32) error { return ErrLeftOut }

// WriteString fails with ErrLeftOut.
func (*Writer) WriteString(string) error { return ErrLeftOut }

// WriteTime fails with ErrLeftOut.
func (*Writer) WriteTime(time.Time) error { return ErrLeftOut }

// WriteUint fails with ErrLeftOut.
func (*Writer) WriteUint(uint) error { return ErrLeftOut }

// WriteUint32 fails with ErrLeftOut.
func (*Writer) WriteUint32(uint32) error { return ErrLeftOut }
