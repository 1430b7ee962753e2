package desk

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"io/fs"
	"path"
	"strings"

	"lighttrends/internal/surface/kit"
)

// build is the app as it was built.
type build struct {
	version string // of all parts together
	assets  map[string]*asset
}

// asset is a part of the build. Text lies in the binary compressed, as nearly
// every browser takes it.
type asset struct {
	body        []byte
	zipped      bool
	contentType string
	tag         string
}

// plain returns what is inside, for a client that cannot unpack, and its tag.
func (a *asset) plain() ([]byte, string, error) {
	if !a.zipped {
		return a.body, a.tag, nil
	}
	z, err := gzip.NewReader(bytes.NewReader(a.body))
	if err != nil {
		return nil, "", err
	}
	body, err := io.ReadAll(z)
	return body, strings.TrimSuffix(a.tag, `"`) + `-plain"`, err
}

func readBuild(dist fs.FS) (*build, error) {
	b := &build{assets: map[string]*asset{}}
	sum := sha256.New()
	err := fs.WalkDir(dist, "assets", func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := fs.ReadFile(dist, file)
		if err != nil {
			return err
		}
		_, _ = io.WriteString(sum, file+"\x00") // to memory: it cannot fail
		_, _ = sum.Write(body)
		name, zipped := strings.CutSuffix(strings.TrimPrefix(file, "assets/"), ".gz")
		b.assets[name] = &asset{body: body, zipped: zipped, contentType: contentType(name), tag: kit.Tag(body)}
		return nil
	})
	b.version = hex.EncodeToString(sum.Sum(nil)[:8])
	return b, err
}

func contentType(file string) string {
	switch path.Ext(file) {
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	case ".png":
		return "image/png"
	case ".woff2":
		return "font/woff2"
	case ".wasm":
		return "application/wasm"
	default:
		return "application/octet-stream"
	}
}
