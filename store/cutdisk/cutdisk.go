// Package cutdisk is a disk in memory whose power can be cut: what was not synced
// is lost, or comes to rest in part, torn by sectors and out of order, as on a
// real one. Served by FUSE. It is never part of the product; only tests import it.
//
// Whoever works on the disk must be another process: one that serves a disk and
// maps a file of it into its own memory waits for itself.
package cutdisk

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"sync"
	"syscall"
	"time"

	"github.com/hanwen/go-fuse/v2/fs"
	"github.com/hanwen/go-fuse/v2/fuse"
)

// Mode says what becomes of what was not synced.
type Mode int

// The ways in which a disk forgets.
const (
	Drop    Mode = iota // all of it is lost
	Reorder             // any part of the writes arrives, in any order
	Tear                // of those, any part of the sectors
)

const sector = 512

// Disk is one disk. Its zero value is not usable; New makes one.
type Disk struct {
	mu     sync.Mutex
	dir    string
	server *fuse.Server
	root   *node
	rng    *rand.Rand
	left   int  // writes and syncs until the cut; negative: none is planned
	off    bool // the power is off
	mode   Mode
}

// node is a file or a folder: as it reads now, and what of it is on the disk.
type node struct {
	fs.Inode
	d       *Disk
	folder  bool
	now     []byte
	kept    []byte
	pending []op             // since the last sync
	names   map[string]*node // of a folder, as it reads now
	durable map[string]*node
}

// op is a write, or with data nil a cut to length at.
type op struct {
	at   int64
	data []byte
}

// New mounts an empty disk at a folder.
func New(dir string, seed uint64) (*Disk, error) {
	if _, err := os.Stat("/dev/fuse"); err != nil {
		return nil, fmt.Errorf("there is no /dev/fuse")
	}
	d := &Disk{dir: dir, rng: rand.New(rand.NewPCG(seed, 1)), left: -1}
	d.root = d.folder()
	return d, d.mount()
}

func (d *Disk) folder() *node {
	return &node{d: d, folder: true, names: map[string]*node{}, durable: map[string]*node{}}
}

func (d *Disk) mount() error {
	server, err := fs.Mount(d.dir, d.root, &fs.Options{MountOptions: fuse.MountOptions{DirectMount: true, FsName: "cutdisk", Name: "cutdisk"}})
	d.server = server
	return err
}

// Close unmounts.
func (d *Disk) Close() error {
	var err error
	for range 100 { // the files of a process that was killed take a moment to close
		if err = d.server.Unmount(); err == nil {
			return nil
		}
		time.Sleep(50 * time.Millisecond)
	}
	return err
}

// CutAfter plans the cut: n writes and syncs more.
func (d *Disk) CutAfter(n int, mode Mode) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.left, d.mode = n, mode
}

// Off says whether the power went.
func (d *Disk) Off() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.off
}

// On cuts the power, if it is not off yet, and turns it on: what survived is
// mounted again, nothing of it in any cache. Nobody may have a file open.
func (d *Disk) On() error {
	if err := d.Close(); err != nil {
		return err
	}
	d.mu.Lock()
	d.root = d.revive(d.root)
	d.off, d.left = false, -1
	d.mu.Unlock()
	return d.mount()
}

// Sync makes everything durable.
func (d *Disk) Sync() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.root.sync(true)
}

// tick counts towards the cut and says whether there is still power.
func (d *Disk) tick() bool {
	if d.left == 0 {
		d.off = true
	} else if d.left > 0 {
		d.left--
	}
	return !d.off
}

func (n *node) sync(deep bool) {
	if !n.folder {
		n.kept, n.pending = slices.Clone(n.now), nil
		return
	}
	n.durable = maps.Clone(n.names)
	if deep {
		for _, child := range n.names {
			child.sync(true)
		}
	}
}

// revive is the node as the disk has it after the cut.
func (d *Disk) revive(n *node) *node {
	if !n.folder {
		f := &node{d: d, now: slices.Clone(n.kept)}
		if d.mode != Drop {
			ops := slices.Clone(n.pending)
			d.rng.Shuffle(len(ops), func(i, j int) { ops[i], ops[j] = ops[j], ops[i] })
			for _, o := range ops[:d.rng.IntN(len(ops)+1)] {
				d.arrive(f, o)
			}
		}
		f.sync(false)
		return f
	}
	made := d.folder()
	names := maps.Clone(n.durable)
	if d.mode != Drop { // of the entries, too, any part has arrived
		all := slices.Sorted(maps.Keys(n.names))
		for _, name := range all {
			if d.rng.IntN(2) == 0 {
				names[name] = n.names[name]
			}
		}
		for _, name := range slices.Sorted(maps.Keys(n.durable)) {
			if n.names[name] == nil && d.rng.IntN(2) == 0 {
				delete(names, name)
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(names)) {
		made.names[name] = d.revive(names[name])
	}
	made.sync(false)
	return made
}

// arrive applies a write whole or, when it tears, sector by sector.
func (d *Disk) arrive(f *node, o op) {
	if d.mode != Tear || o.data == nil {
		f.apply(o)
		return
	}
	for from := int64(0); from < int64(len(o.data)); {
		to := min(int64(len(o.data)), from+sector-(o.at+from)%sector)
		if d.rng.IntN(2) == 0 {
			f.apply(op{o.at + from, o.data[from:to]})
		}
		from = to
	}
}

func (n *node) apply(o op) {
	if o.data == nil {
		n.now = append(n.now[:min(int64(len(n.now)), o.at)], make([]byte, max(0, o.at-int64(len(n.now))))...)
		return
	}
	if end := o.at + int64(len(o.data)); end > int64(len(n.now)) {
		n.now = append(n.now, make([]byte, end-int64(len(n.now)))...)
	}
	copy(n.now[o.at:], o.data)
}

func (n *node) change(o op) syscall.Errno {
	if !n.d.tick() {
		return syscall.EIO
	}
	n.apply(o)
	n.pending = append(n.pending, o)
	return fs.OK
}

func (n *node) attr(out *fuse.Attr) {
	out.Mode, out.Size = syscall.S_IFREG|0o600, uint64(len(n.now))
	if n.folder {
		out.Mode, out.Size = syscall.S_IFDIR|0o700, 0
	}
	out.Uid, out.Gid, out.Nlink = uint32(os.Getuid()), uint32(os.Getgid()), 1
	out.Blocks = (out.Size + sector - 1) / sector
}

// The rest is what the kernel asks.

// OnAdd hangs what survived into the mounted tree.
func (n *node) OnAdd(ctx context.Context) {
	for _, name := range slices.Sorted(maps.Keys(n.names)) {
		child := n.names[name]
		n.AddChild(name, n.NewPersistentInode(ctx, child, fs.StableAttr{Mode: child.kind()}), true)
	}
}

func (n *node) kind() uint32 {
	if n.folder {
		return syscall.S_IFDIR
	}
	return syscall.S_IFREG
}

// Getattr gives size and kind.
func (n *node) Getattr(_ context.Context, _ fs.FileHandle, out *fuse.AttrOut) syscall.Errno {
	n.d.mu.Lock()
	defer n.d.mu.Unlock()
	n.attr(&out.Attr)
	return fs.OK
}

// Setattr cuts to length; modes and times are not kept.
func (n *node) Setattr(_ context.Context, _ fs.FileHandle, in *fuse.SetAttrIn, out *fuse.AttrOut) (errno syscall.Errno) {
	n.d.mu.Lock()
	defer n.d.mu.Unlock()
	if size, ok := in.GetSize(); ok {
		errno = n.change(op{at: int64(size)})
	}
	n.attr(&out.Attr)
	return errno
}

// Open lets the kernel cache.
func (n *node) Open(context.Context, uint32) (fs.FileHandle, uint32, syscall.Errno) {
	return nil, 0, fs.OK
}

func (n *node) Read(_ context.Context, _ fs.FileHandle, to []byte, off int64) (fuse.ReadResult, syscall.Errno) {
	n.d.mu.Lock()
	defer n.d.mu.Unlock()
	from := min(off, int64(len(n.now)))
	return fuse.ReadResultData(to[:copy(to, n.now[from:])]), fs.OK
}

func (n *node) Write(_ context.Context, _ fs.FileHandle, data []byte, off int64) (uint32, syscall.Errno) {
	n.d.mu.Lock()
	defer n.d.mu.Unlock()
	return uint32(len(data)), n.change(op{off, append([]byte{}, data...)})
}

// Fsync makes a file's bytes durable, or a folder's names.
func (n *node) Fsync(context.Context, fs.FileHandle, uint32) syscall.Errno {
	n.d.mu.Lock()
	defer n.d.mu.Unlock()
	if !n.d.tick() {
		return syscall.EIO
	}
	n.sync(false)
	return fs.OK
}

func (n *node) add(ctx context.Context, name string, child *node, out *fuse.EntryOut) (*fs.Inode, syscall.Errno) {
	n.d.mu.Lock()
	defer n.d.mu.Unlock()
	if n.d.off {
		return nil, syscall.EIO
	}
	n.names[name] = child
	child.attr(&out.Attr)
	return n.NewPersistentInode(ctx, child, fs.StableAttr{Mode: child.kind()}), fs.OK
}

// Create makes a file.
func (n *node) Create(ctx context.Context, name string, _ uint32, _ uint32, out *fuse.EntryOut) (*fs.Inode, fs.FileHandle, uint32, syscall.Errno) {
	i, errno := n.add(ctx, name, &node{d: n.d}, out)
	return i, nil, 0, errno
}

// Mkdir makes a folder.
func (n *node) Mkdir(ctx context.Context, name string, _ uint32, out *fuse.EntryOut) (*fs.Inode, syscall.Errno) {
	return n.add(ctx, name, n.d.folder(), out)
}

// Unlink takes a name away.
func (n *node) Unlink(_ context.Context, name string) syscall.Errno {
	n.d.mu.Lock()
	defer n.d.mu.Unlock()
	if n.d.off {
		return syscall.EIO
	}
	delete(n.names, name)
	return fs.OK
}

// Rename moves a file over another.
func (n *node) Rename(_ context.Context, name string, to fs.InodeEmbedder, newName string, _ uint32) syscall.Errno {
	n.d.mu.Lock()
	defer n.d.mu.Unlock()
	if n.d.off {
		return syscall.EIO
	}
	to.(*node).names[newName] = n.names[name]
	delete(n.names, name)
	return fs.OK
}
