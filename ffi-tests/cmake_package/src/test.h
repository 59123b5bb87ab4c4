/* SPDX-License-Identifier: Apache-2.0 */

#ifndef CMAKE_PACKAGE_TEST_H_
#define CMAKE_PACKAGE_TEST_H_

#ifdef __cplusplus
extern "C" {
#endif

struct test_item {
	int value;
};

struct test_both {
	int value;
};

/* What STRUCT_SECTION_ITERABLE makes, without the headers that this test does not look at. */
#define TEST_PLACED(_type, _name, _value)                                                          \
	__attribute__((used, section("._" #_type ".static." #_name "_"))) struct _type _name = {   \
		_value}
#define TEST_ITEM(_name, _value) static TEST_PLACED(test_item, _name, _value)

int library_sum(void);
int on(void);
int not_off(void);
int plus(void);
int posix_names(void);

#ifdef __cplusplus
}
#endif

#endif /* CMAKE_PACKAGE_TEST_H_ */
