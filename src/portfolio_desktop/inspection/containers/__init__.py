"""The walk of a container in pure Python: headers, tails, chunks, boxes and frames, without decoding what they hold.

stream, size -> pdf | jpeg | png | boxes (mp4, mov, m4a) | mpeg (mp3) | archive -> Inspection(depth="structure")
                exif, xmp: what a picture tells about its owner
"""
