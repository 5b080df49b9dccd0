package cnxml

import (
	"bytes"
	"compress/gzip"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"kith/internal/fault"
	"kith/internal/interop/picture"
	"kith/internal/interop/source"
)

// indexName is what a module's file is called, in a folder of the module's name.
const indexName = "index.cnxml"

// The bounds of a book's files together.
const (
	MaxFile  = 64 * source.MB  // of an archive
	maxHeld  = 128 * source.MB // of what it holds
	maxFiles = 20_000
)

// Files are a book's files, found and not yet read.
type Files struct {
	name  string   // of the folder or archive, for messages
	book  string   // the collection that was named itself; "" = none
	names []string // with slashes, in order
	read  func(name string) ([]byte, error)
}

// Load finds the files at a path: a folder, an archive of one (.zip, .tar, .tar.gz), or a collection's own file in its folder.
// Nothing outside is read, and links are not followed. Errors: Invalid, naming the file and what to do.
func Load(at string) (Files, error) {
	info, err := os.Stat(at)
	switch {
	case err == nil && info.IsDir():
		return folder(at, "")
	case err == nil && isCollection(filepath.Base(at)):
		dir := filepath.Dir(at)
		if filepath.Base(dir) == "collections" {
			rel := "collections/" + filepath.Base(at)
			return folder(filepath.Dir(dir), rel)
		}
		return folder(dir, filepath.Base(at))
	}
	b, err := source.Read(at, MaxFile)
	if err != nil {
		return Files{}, err
	}
	return archive(filepath.Base(at), bytes.NewReader(b), int64(len(b)))
}

// folder lists a folder's files; os.Root keeps every reading inside it.
func folder(at, book string) (Files, error) {
	f := Files{name: filepath.Base(at), book: book}
	unreadable := func(err error) error {
		return fault.Wrap(fault.Invalid, err, "fault.import.file", "file", at, "detail", err.Error())
	}
	err := filepath.WalkDir(at, func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return unreadable(err)
		case d.IsDir() && strings.HasPrefix(d.Name(), ".") && name != at:
			return fs.SkipDir
		case !d.Type().IsRegular():
			return nil
		case len(f.names) >= maxFiles:
			return fault.New(fault.Invalid, "fault.import.many", "file", f.name, "most", maxFiles)
		}
		rel, err := filepath.Rel(at, name)
		f.names = append(f.names, filepath.ToSlash(rel))
		return err
	})
	if err != nil {
		return f, err
	}
	slices.Sort(f.names)
	f.read = func(name string) ([]byte, error) {
		root, err := os.OpenRoot(at)
		if err != nil {
			return nil, unreadable(err)
		}
		defer root.Close()
		file, err := root.Open(filepath.FromSlash(name))
		if err != nil {
			return nil, unreadable(err)
		}
		defer file.Close()
		return source.All(name, file, maxFile)
	}
	return f, nil
}

// archive finds the files of an archive, whatever it is called. A zip is unpacked file by file, any other into memory.
func archive(name string, at io.ReaderAt, size int64) (Files, error) {
	head := make([]byte, 6)
	n, _ := at.ReadAt(head, 0) // a file shorter than that is none of them
	head = head[:n]
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		z, err := source.OpenZip(name, at, size, maxFile, maxHeld)
		if err != nil {
			return Files{}, err
		}
		return Files{name: name, names: z.Names(), read: z.Read}, nil
	case bytes.HasPrefix(head, []byte("\xFD7zXZ\x00")):
		return Files{}, fault.New(fault.Invalid, "fault.import.xz", "file", name, "folder", strings.TrimSuffix(strings.TrimSuffix(name, ".xz"), ".tar"))
	}
	b, err := source.All(name, io.NewSectionReader(at, 0, size), MaxFile)
	if err == nil && bytes.HasPrefix(head, []byte{0x1F, 0x8B}) {
		b, err = source.Gunzip(name, b, maxHeld)
	}
	if err != nil {
		return Files{}, err
	}
	files, err := source.Tar(name, b, maxFile, maxHeld)
	if err != nil {
		return Files{}, err
	}
	f := Files{name: name, read: func(name string) ([]byte, error) { return files[name], nil }}
	for name := range files {
		f.names = append(f.names, name)
	}
	slices.Sort(f.names)
	return f, nil
}

func isCollection(base string) bool {
	return strings.HasSuffix(base, ".collection.xml") || base == "collection.xml"
}

// collections are the files of books.
func (f Files) collections() (out []string) {
	for _, n := range f.names {
		if isCollection(path.Base(n)) {
			out = append(out, n)
		}
	}
	return out
}

// modules are the files of modules, by the modules' names.
func (f Files) modules() map[string]string {
	out := map[string]string{}
	for _, n := range f.names {
		if path.Base(n) == indexName {
			out[path.Base(path.Dir(n))] = n
		}
	}
	return out
}

// pictures finds pictures: at the place that is named, else by their name wherever they are, else by it without its ending, since
// whoever packs pictures anew gives them other endings.
type pictures struct {
	f     Files
	exact map[string]bool
	base  map[string]string
	stem  map[string]string
}

var pictureEndings = []string{".jpg", ".jpeg", ".png", ".gif"}

func (f Files) pictures() pictures {
	p := pictures{f: f, exact: map[string]bool{}, base: map[string]string{}, stem: map[string]string{}}
	for _, n := range f.names {
		ending := strings.ToLower(path.Ext(n))
		if !slices.Contains(pictureEndings, ending) {
			continue
		}
		p.exact[n] = true
		b := path.Base(n)
		if p.base[b] == "" {
			p.base[b] = n
		}
		if s := strings.TrimSuffix(b, path.Ext(b)); p.stem[s] == "" {
			p.stem[s] = n
		}
	}
	return p
}

// find reads the picture that a module shows; nil when it did not come along. A source that leads out of the folder finds nothing.
func (p pictures) find(module, src string) (name string, body []byte) {
	at := path.Join(path.Dir(module), src)
	b := path.Base(src)
	switch {
	case p.exact[at]:
	case p.base[b] != "":
		at = p.base[b]
	default:
		at = p.stem[strings.TrimSuffix(b, path.Ext(b))]
	}
	if at == "" {
		return b, nil
	}
	body, err := p.f.read(at)
	if err != nil || len(body) > picture.Max {
		return b, nil
	}
	return at, body
}

// Looks reports whether the head of a file looks like an archive of a book.
func Looks(head []byte) bool {
	if bytes.HasPrefix(head, []byte{0x1F, 0x8B}) {
		if z, err := gzip.NewReader(bytes.NewReader(head)); err == nil {
			head, _ = io.ReadAll(io.LimitReader(z, maxHead)) // the head of a head ends too early
		}
	} else if !bytes.HasPrefix(head, []byte("PK\x03\x04")) && !bytes.Contains(head[:min(len(head), 512)], []byte("ustar")) {
		return false
	}
	return bytes.Contains(head, []byte(".collection.xml")) || bytes.Contains(head, []byte("/"+indexName))
}

// Holds reports whether an archive with these names in it looks like one of a book's.
func Holds(names []string) bool {
	return slices.ContainsFunc(names, func(n string) bool { return isCollection(path.Base(n)) })
}

// maxHead is how much of what is packed is looked at, in bytes.
const maxHead = 256 << 10
