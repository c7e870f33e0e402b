// Package csvtext finds out how a CSV file is to be read: nothing in it says in
// which encoding it is, or by which character its fields are parted.
package csvtext
