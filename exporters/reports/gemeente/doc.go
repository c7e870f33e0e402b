// Package gemeente plans the workbooks for the finance department of one municipality: only its own residents.
package gemeente
