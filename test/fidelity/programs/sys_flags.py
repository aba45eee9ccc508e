# sys.flags, -X options, warnings' options: those of a start without any.
import sys
import warnings

print(sys.flags)
print(sys._xoptions, sys.warnoptions, sys.dont_write_bytecode, sys.pycache_prefix, sys.flags.utf8_mode)
print([(entry[0], entry[1], entry[2].__name__, entry[3], entry[4]) for entry in warnings.filters])
print(sys.implementation.name, sys.implementation.cache_tag, sys.hexversion >> 16 == (sys.version_info.major << 8 | sys.version_info.minor))
print(sys.byteorder, sys.maxsize, sys.maxunicode, sys.float_repr_style, sys.float_info.dig, sys.int_info, sys.hash_info.algorithm)
print(sys.getdefaultencoding(), sys.getfilesystemencoding(), sys.getfilesystemencodeerrors(), sys.getswitchinterval(), sys.getrecursionlimit())
print(sys.get_int_max_str_digits(), sys.get_asyncgen_hooks(), sys.get_coroutine_origin_tracking_depth(), sys.gettrace(), sys.getprofile())
print(sys.api_version, sys.abiflags == "", sys.platform, sys.platlibdir, sys.copyright.splitlines()[0], sys.thread_info)
