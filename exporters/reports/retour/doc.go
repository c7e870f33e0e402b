// Package retour plans the return file of one provider: its own records with what became of them, in the layout of the
// template, so that a mended copy can be sent in again; what to mend first; and what it is paid.
package retour
